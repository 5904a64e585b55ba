import { createHash, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseKeyring, type SealContext, SealError } from './keyring.ts';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');
const [first, second] = [key(0xfb), key(2)];
const keyring = parseKeyring(`one:${first}`);
const here: SealContext = { table: 'channel', organisationId: 'acme', rowId: 'row' };

/** Every string JavaScript can hold: all code points, and halves of surrogate pairs. */
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('nothing was thrown');
};

test('any text comes back as it was, empty and non-ASCII ones included', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(keyring.open(keyring.seal(text, here), here)).toBe(text);
    }),
  );
});

test('the same text sealed twice shares neither bytes nor IV', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const bytes = [keyring.seal(text, here), keyring.seal(text, here)].flatMap((sealed) =>
        sealed.split('.').slice(2),
      );
      expect(new Set(bytes).size).toBe(6);
    }),
  );
});

test('every single character changed, left out or added is refused', () => {
  const letters = 'ABCwxyz0189-_.=+/ é'.split('');
  const both = parseKeyring(`one:${first},onf:${second}`); // one letter makes it another key's id
  const sealed = both.seal('xoxb-hunter2', here);
  for (let at = 0; at <= sealed.length; at += 1) {
    const [before, after] = [sealed.slice(0, at), sealed.slice(at)];
    const rest = after.slice(1);
    const swapped = ['f', ...letters].map((letter) => before + letter + rest);
    const added = letters.map((letter) => before + letter + after);
    for (const changed of [before + rest, ...swapped, ...added]) {
      if (changed === sealed) continue;
      expect(() => both.open(changed, here), changed).toThrow(SealError);
    }
  }
});

test('another table, organisation or row is refused, also one that only looks alike when put together', () => {
  const parts = fc.string({ unit: 'binary' });
  const contexts = fc.record({ table: parts, organisationId: parts, rowId: parts });
  fc.assert(
    fc.property(contexts, contexts, (a, b) => {
      fc.pre(a.table !== b.table || a.organisationId !== b.organisationId || a.rowId !== b.rowId);
      expect(() => keyring.open(keyring.seal('text', a), b)).toThrow(SealError);
    }),
  );
  const sealed = keyring.seal('text', { ...here, organisationId: 'ab', rowId: 'c' });
  expect(() => keyring.open(sealed, { ...here, organisationId: 'a', rowId: 'bc' })).toThrow(SealError);
});

test('the first key seals and every one opens, so that keys can be changed', () => {
  const old = keyring.seal('text', here);
  const now = parseKeyring(`two:${second}, one:${first}`);
  expect([now.currentId, now.open(old, here), now.isCurrent(old)]).toEqual(['two', 'text', false]);
  const fresh = now.seal('text', here);
  expect(now.isCurrent(fresh)).toBe(true);
  expect(messageOf(() => keyring.open(fresh, here))).toBe('FARWATCH_MASTER_KEY has no key with the id two');
  expect(() => parseKeyring(`one:${second}`).open(old, here)).toThrow(SealError);
});

test('a bare key in either alphabet, padded or not, is named after its hash', () => {
  const bytes = Buffer.alloc(32, 0xfb);
  const id = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const unpadded = first.replace('=', '');
  for (const text of [first, unpadded, bytes.toString('base64url'), `${first},${second}`])
    expect(parseKeyring(text).currentId).toBe(id);
});

test.for([
  '',
  ' , ',
  'hunter2',
  randomBytes(31).toString('base64'),
  randomBytes(33).toString('base64'),
  randomBytes(32).toString('hex'),
  `${first.slice(0, -2)}!=`,
  `id.with.dots:${first}`,
  `:${first}`,
  `${'x'.repeat(33)}:${first}`,
  `a:b:${first}`,
  `${first}:a`,
  `a:${first},b:hunter2`,
  `a:${first},a:${second}`,
  `${first},${first}`,
])('the setting %j is refused in one line that repeats nothing of it', (text) => {
  const message = messageOf(() => parseKeyring(text));
  expect(message).toMatch(/^FARWATCH_MASTER_KEY [^\n]+$/u);
  for (const part of text.split(/[:,]/u).filter((one) => one.length > 2)) expect(message).not.toContain(part);
});

test('neither errors nor a printed keyring show plain text or key', () => {
  const sealed = keyring.seal('hunter2', here);
  const wrong = [
    () => keyring.open('hunter2', here),
    () => keyring.open('v1.hunter2', here),
    () => keyring.open('v1.hunter2.hunter2.hunter2.hunter2', here),
    () => keyring.open(`${sealed.slice(0, -1)}~`, here),
    () => keyring.open(sealed, { ...here, rowId: 'other' }),
  ];
  for (const act of wrong) {
    expect(act).toThrow(SealError);
    expect(messageOf(act)).not.toMatch(/hunter2/u);
    expect(messageOf(act)).not.toContain(first);
  }
  expect(inspect(keyring, { depth: null, showHidden: true }) + JSON.stringify(keyring)).not.toContain(first);
});

test('the fingerprint is another one for other keys, and the same one in whatever order they are', () => {
  const of = (text: string) => parseKeyring(text).fingerprint;
  expect(of(`one:${first},two:${second}`)).toBe(of(`two:${second},one:${first}`));
  const all = [
    `one:${first}`,
    `one:${second}`,
    `two:${first}`,
    `one:${first},two:${second}`,
    `one:${second},two:${first}`,
  ];
  expect(new Set(all.map(of)).size).toBe(all.length);
});
