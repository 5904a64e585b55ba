import { expect, test } from 'vitest';
import {
  authFault,
  authPart,
  authValues,
  headersFault,
  headersOf,
  headersPatch,
  headersText,
} from './request-values.ts';

const url = 'https://example.com/';
const kept = authValues({ kind: 'basic', name: 'ada' }, url);

test('headers are read line by line and written back as they were', () => {
  const text = 'Accept: application/json\n\n  \nX-Trace:1\nX-Empty:';
  expect(headersOf(text)).toEqual({ Accept: 'application/json', 'X-Trace': '1', 'X-Empty': '' });
  expect(headersText(headersOf(text))).toBe('Accept: application/json\nX-Trace: 1\nX-Empty: ');
});
test.each([
  ['Accept application/json', /is no header/u],
  ['bad name: x', /is no header/u],
  ['X-A: Ω', /no header can/u],
  [Array.from({ length: 21 }, (_, i) => `x-${i}: 1`).join('\n'), /At most 20/u],
])('%s is refused', (text, words) => expect(headersFault(text)).toMatch(words));

test('a log-in that is as it was is not sent, one that is taken away is', () => {
  expect([authPart(kept), authFault(kept, `${url}other?page`)]).toEqual([{}, null]);
  expect(authPart({ ...kept, kind: 'none' })).toEqual({ auth: null });
  expect(authPart(authValues(null))).toEqual({});
});
test('another name or kind needs the secret again', () => {
  expect(authFault({ ...kept, name: 'bob' }, url)).toMatch(/again/u);
  expect(authFault({ ...kept, kind: 'bearer' }, url)).toMatch(/again/u);
  expect(authFault({ ...kept, name: '', secret: 'x' }, url)).toBe('Enter the user name.');
  expect(authFault({ ...kept, secret: 'new' }, url)).toBeNull();
});
test.each(['http://example.com/', 'https://example.com:8443/', 'https://elsewhere.example/'])(
  'to %s it goes only when its secret is entered again',
  (other) => {
    expect(authFault(kept, other)).toMatch(/again, or choose None/u);
    expect(authFault({ ...kept, secret: 'x' }, other)).toBeNull();
    expect(authFault({ ...kept, kind: 'none' }, other)).toBeNull();
    expect(authFault(authValues(null, url), other)).toBeNull();
  },
);
test('a header that is gone from the text is taken away, one that is spelt otherwise is not', () => {
  expect(headersPatch('x-a: 1\nX-New: 2', { 'X-A': '1', 'X-Old': '3' })).toEqual({
    ...{ 'x-a': '1', 'X-New': '2', 'X-Old': null },
  });
});
test.each([
  [
    { kind: 'basic', name: 'bob', secret: 'x' },
    { kind: 'basic', username: 'bob', password: 'x' },
  ],
  [
    { kind: 'bearer', secret: 't' },
    { kind: 'bearer', token: 't' },
  ],
  [
    { kind: 'header', name: 'X-Api-Key', secret: 'k' },
    { kind: 'header', name: 'X-Api-Key', value: 'k' },
  ],
] as const)('%j is sent as %j', (given, auth) => expect(authPart({ ...kept, ...given })).toEqual({ auth }));
