import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Where a sealed text belongs. It is authenticated with it, so a text copied to another row or tenant doesn't open. */
export type SealContext = Readonly<{ table: string; organisationId: string; rowId: string }>;

/** Seals with the first key of FARWATCH_MASTER_KEY, opens what any of them has sealed. Holds keys that can't be printed. */
export type Keyring = Readonly<{
  currentId: string;
  seal: (plain: string, context: SealContext) => string;
  /** Throws a `SealError`. */
  open: (sealed: string, context: SealContext) => string;
  isCurrent: (sealed: string) => boolean;
  /** Another one for other keys, under whatever ids: what could be opened may be another thing then. Tells no key. */
  fingerprint: string;
}>;

/** A sealed text that can't be opened. The message holds neither plain text nor key. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

const algorithm = 'aes-256-gcm';
const version = 'v1';
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const keyIdForm = /^[\w-]{1,32}$/u;

/** How every text sealed under this key begins: what rotation looks for in the database. */
export const sealPrefix = (keyId: string): string => `${version}.${keyId}.`;

/** Null for anything but the one way to write these bytes: two spellings of one text would let a change go unseen. */
const fromBase64url = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
};

type Sealed = Readonly<{ keyId: string; iv: Buffer; tag: Buffer; ciphertext: Buffer }>;

const parseSealed = (sealed: string): Sealed => {
  const [mark, keyId = '', ...rest] = sealed.split('.');
  const [iv, tag, ciphertext] = rest.map(fromBase64url);
  if (mark !== version || !keyIdForm.test(keyId) || rest.length !== 3 || !iv || !tag || !ciphertext)
    throw new SealError('this is no sealed text, or it was changed');
  if (iv.length !== ivBytes || tag.length !== tagBytes) throw new SealError('this sealed text was cut or changed');
  return { keyId, iv, tag, ciphertext };
};

/** A JSON array, so that no two contexts are written alike. */
const associatedData = (keyId: string, { table, organisationId, rowId }: SealContext): Buffer =>
  Buffer.from(JSON.stringify([version, keyId, table, organisationId, rowId]));

const sealWith = (keyId: string, key: KeyObject, plain: string, context: SealContext): string => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(keyId, context));
  // As JSON, since UTF-8 alone has no way to write a lone surrogate and would put another character in its place.
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(plain), 'utf8'), cipher.final()]);
  const parts = [iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString('base64url'));
  return sealPrefix(keyId) + parts.join('.');
};

const openWith = (key: KeyObject, { keyId, iv, tag, ciphertext }: Sealed, context: SealContext): string => {
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  decipher.setAAD(associatedData(keyId, context));
  decipher.setAuthTag(tag);
  try {
    const json = Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
    return JSON.parse(json) as string; // authentic, so written by `sealWith`
  } catch {
    throw new SealError('this text was changed, or sealed for another row or organisation, or by another key');
  }
};

const fault = (text: string): Error => new Error(`FARWATCH_MASTER_KEY ${text}`);

/** Takes both base64 alphabets, padded or not; null unless it is 32 bytes written whole. */
const keyFrom = (text: string): Buffer | null => {
  const bytes = fromBase64url(
    text
      .replace(/={0,2}$/u, '')
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  );
  return bytes?.length === keyBytes ? bytes : null;
};

type NamedKey = readonly [id: string, key: KeyObject];

/** What was typed is never repeated, not even the id: a key with a colon in the wrong place would be in it. */
const parseKey = (text: string, index: number): NamedKey => {
  const [first = '', second, ...more] = text.split(':');
  const bytes = keyFrom(second ?? first);
  if (bytes === null || more.length > 0)
    throw fault(`must be "id:key" or "key", a key being 32 random bytes in base64; key ${index + 1} is not`);
  const id = second === undefined ? createHash('sha256').update(bytes).digest('hex').slice(0, 8) : first;
  if (!keyIdForm.test(id)) throw fault(`has an id of other than 1 to 32 letters, digits, - and _ at key ${index + 1}`);
  return [id, createSecretKey(bytes)];
};

const fingerprintOf = (keys: ReadonlyMap<string, KeyObject>): string => {
  const marks = [...keys].map(([id, key]) => [id, createHmac('sha256', key).update('farwatch keyring').digest('hex')]);
  return createHash('sha256').update(JSON.stringify(marks.toSorted())).digest('base64url').slice(0, 12);
};

/** Reads the text of FARWATCH_MASTER_KEY. Throws an error of one line that names the setting and repeats no part of it. */
export const parseKeyring = (text: string): Keyring => {
  const entries = text.split(',').map((part) => part.trim());
  const named = entries.filter((part) => part !== '').map(parseKey);
  const [current] = named;
  if (current === undefined) throw fault('holds no key: give it 32 random bytes in base64 and keep them');
  const keys = new Map(named);
  if (keys.size < named.length) throw fault('gives two keys one id');
  const [currentId, currentKey] = current;
  return {
    currentId,
    seal: (plain, context) => sealWith(currentId, currentKey, plain, context),
    open: (sealed, context) => {
      const parsed = parseSealed(sealed);
      const key = keys.get(parsed.keyId);
      if (key === undefined) throw new SealError(`FARWATCH_MASTER_KEY has no key with the id ${parsed.keyId}`);
      return openWith(key, parsed, context);
    },
    isCurrent: (sealed) => sealed.startsWith(sealPrefix(currentId)),
    fingerprint: fingerprintOf(keys),
  };
};
