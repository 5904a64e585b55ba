import { expect, test } from 'vitest';
import { readBody } from './body-text.ts';

const base64 = (...bytes: number[]): string => btoa(String.fromCharCode(...bytes));

test.each([
  ['a UTF-8 body without a charset', base64(0xc3, 0xa9), '', 'é', 'utf-8'],
  ['the charset that the answer names', base64(0xe9), 'text/html; charset=ISO-8859-1', 'é', 'windows-1252'],
  ['UTF-16, although it is half zeros', base64(0x68, 0, 0x69, 0), 'text/plain; charset="utf-16le"', 'hi', 'utf-16le'],
  ['a charset that nobody knows', btoa('ok'), 'text/plain; charset=klingon', 'ok', 'utf-8'],
])('%s is read', (_, body, type, text, charset) => {
  expect(readBody(body, type)).toEqual({ kind: 'text', text, charset });
});

test('what is no text is told in hexadecimal, its beginning', () => {
  const png = base64(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0);
  expect(readBody(png, 'text/html')).toEqual({
    ...{ kind: 'binary', bytes: 17 },
    hex: '00000000  89 50 4e 47 0d 0a 1a 0a 00 00 00 0d 49 48 44 52\n00000010  00',
  });
  const long = readBody(btoa('\0'.repeat(10_000)));
  expect(long.kind === 'binary' && long.hex.split('\n').length).toBe(32);
});
