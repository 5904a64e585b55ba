import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactLine } from './redact.ts';

const secret = 'S3CRET';
/** Long runs too: no secret is too long, or too full of brackets, to be taken out to its end. */
const runOf = (...pieces: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 90 })), { maxLength: 30 })
    .map((runs) => runs.map(([piece, times]) => piece.repeat(times)).join(''));
const leaks = (line: string): boolean => redactLine(line, null).includes(secret);

const word = ['a', '1', '-', '_'];
const inQuery = [
  ...word,
  '=',
  '&',
  '%20',
  '?',
  '/',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<',
  '>',
  "'",
  ',',
  '\\"',
  '\\\\',
  'ü',
  '\u{a0}',
];

describe('nothing of it is left, however long it is and whatever stands in it', () => {
  test.each<[string, readonly string[], (value: string) => string]>([
    ['a query in a request line', inQuery, (value) => `"GET /cart?${value} HTTP/1.1" 502 157`],
    ['a query in a message', inQuery, (value) => `open() "/srv/x.php?${value}" failed`],
    ['a query in JSON', inQuery, (value) => `{"uri":"/x?${value}","status":502}`],
    ['a log-in in a URL', [...word, ':', '@', '%'], (value) => `proxy http://u:${value}@backend/x`],
    ['a mail address', [...word, '.', '+', 'é'], (value) => `user ${value}${'a'.repeat(80)}@mail.example said no`],
    ['a parameter’s value', [...word, '(', ')', '/', '+', '.'], (value) => `POST /x;access_token=${value} done`],
    ['a quoted value', [...word, ' ', ',', "'", '\\"'], (value) => `{"password":"x${value}","status":502}`],
    ['a bearer’s token', [...word, '.', '~', '+', '/'], (value) => `said: Bearer abcd${value} and left`],
    ['a signed token', word, (value) => `id eyJhbGciOiJI${value}.abcd${value}.x${value} ok`],
    ['a cookie', [...word, '=', ';', ' ', '\\"', ','], (value) => `{"cookie":"${value}","status":502}`],
    ['a cookie that was cut off', [...word, '=', ';', ' ', ','], (value) => `{"status":502,"cookie":"${value}`],
    ['a list of cookies that was cut off', [...word, '=', '"', ' ', ','], (value) => `{"Cookie":["${value}`],
    ['a list of cookies', [...word, '=', ']', '[', ' ', ','], (value) => `{"Cookie":["${value}","x"],"status":502}`],
    ['a referrer in a list', [...word, '=', ']', '[', '&'], (value) => `{"Referer":["https://x/?f[a]=${value}"]}`],
    [
      'a cookie in a text within a text',
      [...word, '=', ';', ' '],
      (value) => String.raw`{"msg":"{\"cookie\":\"s${value}`,
    ],
    [
      'a password in a text within a text',
      [...word, ';', ' '],
      (value) => String.raw`{"msg":"{\"password\":\"s${value}`,
    ],
    ['a cookie between single quotes', [...word, '=', ';', ' ', ',', '"'], (value) => `'cookie': 's=${value}`],
    ['a cookie with a quoted value', [...word, ';', ' '], (value) => `cookie: a=1; b="x"; c${value}`],
    ['a referrer that is not quoted', [...word, ',', '=', '&'], (value) => `referer: https://x/a?f=${value}`],
    [
      'a captured header that was cut off',
      [...word, ' ', '|', '='],
      (value) => `503 217 - - SC-- 1/1/0/0/3 0/0 {x|${value}`,
    ],
    [
      'a second capture that was cut off',
      [...word, ' ', '|'],
      (value) => `503 217 - - SC-- 1/1/0/0/3 0/0 {x} {${value}`,
    ],
    ['a client', [...word, ':', '.'], (value) => `connect() failed, client: ${value}, server: x`],
    ['a captured header', [...word, ' ', '|', '='], (value) => `502 0 - - SH-- 1/1 {x${value}} "GET / HTTP/1.1"`],
  ])('%s', (_, pieces, line) => {
    fc.assert(
      fc.property(runOf(...pieces), (run) => {
        expect(leaks(line(`${run}${secret}`))).toBe(false);
      }),
    );
  });
  test('a parameter with a long name', () => {
    fc.assert(
      fc.property(runOf(...word), (name) => {
        expect(leaks(`GET /x;${name}token=${secret} done`)).toBe(false);
      }),
    );
  });
});

test.each([
  String.raw`msg="login with token=\"S3CRET\" failed"`,
  '{"token":["S3CRET"]}',
  '{"password" : "S3CRET"}',
  'password = S3CRET',
  String.raw`password='it\'s S3CRET'`,
  'to S3CRET@müller.example',
])('nothing is left of %s', (line) => {
  expect(leaks(line)).toBe(false);
});

test('what stands after a query stays, however many brackets close before it', () => {
  fc.assert(
    fc.property(runOf(')', ']', '}', '>', "'", ','), (closing) => {
      expect(redactLine(`(see /x?pin=1234${closing} 502 after 12 ms`, null)).toBe(
        `(see /x?[redacted]${closing} 502 after 12 ms`,
      );
    }),
  );
});

test('an empty value keeps what stands beside it', () => {
  expect(redactLine('"GET /x;token=" 502 157 "-"', null)).toBe('"GET /x;token=" 502 157 "-"');
  const pairs = 'uri="/x;token=",status=502,upstream="backend"';
  expect(redactLine(pairs, null)).toBe(pairs);
});
