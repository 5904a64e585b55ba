const redacted = '[redacted]';
/** Shorter ones stay: `ok` or `123` as a password would take half of every page along. */
const shortest = 4;

const safeEncode = (encode: (text: string) => string, text: string): string => {
  try {
    return encode(text);
  } catch {
    return text; // half a character
  }
};
const lowerHex = (text: string): string => text.replace(/%[\dA-F]{2}/gu, (triplet) => triplet.toLowerCase());
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A secret as pages, URLs and JSON write it, and small, as names of headers and hosts are. */
const writtenOf = (secret: string): readonly string[] => {
  const percent = safeEncode(encodeURIComponent, secret);
  const strict = percent.replace(/[!'()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const encoded = [safeEncode(encodeURI, secret), percent, strict, percent.replaceAll('%20', '+')];
  return [
    ...[secret, secret.toLowerCase(), ...encoded, ...encoded.map(lowerHex)],
    JSON.stringify(secret).slice(1, -1),
    secret.replace(/[&<>"']/gu, (sign) => entities[sign] ?? sign),
  ];
};

/** A server may repeat a credential whole, without its scheme, or what `Basic` holds: user and password, or the password. */
const partsOf = (credential: string): readonly string[] => {
  const bare = credential.replace(/^\S+ +/u, '');
  if (!/^basic /iu.test(credential)) return [credential, bare];
  const decoded = Buffer.from(bare, 'base64').toString();
  const password = decoded.slice(decoded.indexOf(':') + 1);
  return [credential, bare, decoded, password];
};

/** Finds secrets, the longest spelling first; `longest` is its length. */
export type Secrets = Readonly<{ find: RegExp; longest: number }>;
const secretsFrom = (spellings: readonly string[]): Secrets => {
  const all = [...new Set(spellings)].filter((each) => each.length >= shortest).sort((a, b) => b.length - a.length);
  const find = all.length === 0 ? /(?!)/gu : new RegExp(all.map((each) => RegExp.escape(each)).join('|'), 'gu');
  return { find, longest: all[0]?.length ?? 0 };
};
const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

/** What finds secrets in texts, and in bodies whose bytes are read as Latin-1. */
export type KnownSecrets = Readonly<{ inText: Secrets; inBytes: Secrets }>;
/** `values`: secrets that are not headers', such as those in a URL. */
export const knownSecrets = (credentials: readonly string[], values: readonly string[]): KnownSecrets => {
  const written = [...credentials.flatMap(partsOf), ...values].flatMap(writtenOf);
  return { inText: secretsFrom(written), inBytes: secretsFrom([...written, ...written.map(latin1)]) };
};

/** A text without these secrets. */
export const without = (text: string, { inText }: KnownSecrets): string => text.replace(inText.find, redacted);

/** The beginning of a text, at least where it is that long, without these secrets, and without the beginning of one. */
export const startWithout = (text: string, length: number, secrets: KnownSecrets): string => {
  const { longest } = secrets.inText;
  const enough = length + longest;
  if (text.length <= enough) return without(text, secrets);
  const open = without(text.slice(0, enough), secrets);
  return open.slice(0, Math.max(0, open.length - longest));
};

/** The first bytes of a body, its secrets made unreadable. Lengths stay, so that offsets and Content-Length still agree. */
export const maskedStart = (body: Buffer, length: number, { inBytes }: KnownSecrets): Buffer => {
  if (inBytes.longest === 0) return body.subarray(0, length);
  const open = body.subarray(0, length + inBytes.longest).toString('latin1');
  const masked = open.replace(inBytes.find, (found) => '*'.repeat(found.length));
  return Buffer.from(masked, 'latin1').subarray(0, length);
};
