import { describe, expect, test } from 'vitest';
import { knownSecrets, maskedStart, startWithout, without } from './secrets.ts';

const basic = `Basic ${Buffer.from('ada:three quiet & "lighthouses"').toString('base64')}`;
const password = 'three quiet & "lighthouses"';

describe('a credential is known again', () => {
  test.each([
    ['whole', basic],
    ['without its scheme', basic.slice(6)],
    ['decoded', `ada:${password}`],
    ['by its password', password],
    ['in a URL', encodeURIComponent(password)],
    ['in a form', encodeURIComponent(password).replaceAll('%20', '+')],
    [
      'in a URL, with small digits',
      'three%20quiet%20%26%20%22lighthouses%22'.replaceAll(/%../gu, (hex) => hex.toLowerCase()),
    ],
    ['in JSON', JSON.stringify(password).slice(1, -1)],
    ['on a page', 'three quiet &amp; &quot;lighthouses&quot;'],
  ])('%s', (_, written) => {
    const secrets = knownSecrets([basic], []);
    expect(without(`no ${written}.`, secrets)).toBe('no [redacted].');
    const masked = maskedStart(Buffer.from(`no ${written}.`), 100, secrets).toString();
    expect(masked).toBe(`no ${'*'.repeat(written.length)}.`);
  });
  test('in the bytes of a page whatever its alphabet', () => {
    const secrets = knownSecrets(['Bearer schlüssel'], []);
    for (const encoding of ['utf8', 'latin1'] as const)
      expect(maskedStart(Buffer.from('ein schlüssel', encoding), 100, secrets).toString()).toMatch(/^ein \*+$/u);
  });
  test('in small letters, as names of headers are', () => {
    expect(without('x-abcdefgh1234', knownSecrets(['Bearer ABCDefgh1234'], []))).toBe('x-[redacted]');
  });
  test('from four characters on; what is shorter stays', () => {
    expect(without('abcd abc', knownSecrets(['abcd', 'abc'], []))).toBe('[redacted] abc');
  });
});
test('the whole goes before its parts, and what took its place is no secret', () => {
  const secrets = knownSecrets([`Basic ${Buffer.from('ada:redacted').toString('base64')}`], []);
  expect(without('ada:redacted redacted', secrets)).toBe('[redacted] [redacted]');
});
test('a start never holds a part of a secret', () => {
  const secrets = knownSecrets(['0123456789'], []);
  for (let at = 0; at < 40; at++) {
    const text = `${'x'.repeat(at)}0123456789${'y'.repeat(40)}`;
    expect(startWithout(text, 20, secrets)).not.toMatch(/\d/u);
    expect(maskedStart(Buffer.from(text), 20, secrets).toString()).toMatch(/^[xy*]{20}$/u);
  }
});
