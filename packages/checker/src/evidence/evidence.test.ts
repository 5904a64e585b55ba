import { describe, expect, test } from 'vitest';
import type { Content } from '../http/content.ts';
import type { Exchange } from '../http/http-answer.ts';
import { evidenceOf as keptOf, redactUrl } from './evidence.ts';

const answer = (headers: readonly (readonly [string, string])[], body = '', status = 502) => ({
  head: {
    status,
    reason: 'Bad Gateway',
    version: '1.1' as const,
    headers,
  },
  body: Buffer.from(body),
  bytes: body.length,
  ...{ capped: false, excess: 0, fault: null, words: null },
});
const plain: Content = { bytes: Buffer.alloc(0), coding: null, findings: [], fault: null, readable: true };
const evidenceOf = (where: URL, came: Exchange, secrets?: readonly string[]) => keptOf(where, came, plain, secrets);
const url = new URL('https://shop.example/cart?token=s3cr3t-value&page=2');
const bodyOf = (base64: string | undefined): string => Buffer.from(base64 ?? '', 'base64').toString();

describe('secrets stay in the probe', () => {
  test.each([
    ['https://a.example/?access_token=abc&x=1', 'https://a.example/?access_token=[redacted]&x=1'],
    [
      'https://a.example/?accessToken=abc#id_token=xyz',
      'https://a.example/?accessToken=[redacted]#id_token=[redacted]',
    ],
    ['https://user:pass@a.example/p?q=1', 'https://[redacted]@a.example/p?q=1'],
    ['https://a.example/?X-Amz-Signature=ff&monkey=1', 'https://a.example/?X-Amz-Signature=[redacted]&monkey=1'],
    ['/next?session=1;sig=2', '/next?session=[redacted];sig=[redacted]'],
  ])('%s', (given, redacted) => {
    expect(redactUrl(given)).toBe(redacted);
  });
  test('cookies keep their names and attributes and lose their values', () => {
    const evidence = evidenceOf(url, answer([['Set-Cookie', 'sid=abc.def; Path=/; HttpOnly']]));
    expect(evidence?.headers).toEqual([['Set-Cookie', 'sid=[redacted]; Path=/; HttpOnly']]);
  });
  test('authorization and tokens in the URL, in Location and in the page are gone', () => {
    const headers = [
      ['Authorization', 'Bearer abc'],
      ['location', '/login?token=s3cr3t-value'],
    ] as const;
    const evidence = evidenceOf(url, answer(headers, 'Cannot GET /cart?token=s3cr3t-value'));
    expect(JSON.stringify({ ...evidence, bodyBase64: bodyOf(evidence?.bodyBase64) })).not.toMatch(/s3cr3t|Bearer abc/u);
    expect(bodyOf(evidence?.bodyBase64)).toBe(`Cannot GET /cart?token=${'*'.repeat(12)}`);
  });
});
describe('a credential stays in the probe', () => {
  const token = 'ABC/def+ghi-0123456789';
  const came = (body: string) => ({ ...answer([], body), bytes: body.length });
  const kept = (given: ReturnType<typeof answer>, content = plain, where = url) =>
    keptOf(where, given, content, [`Bearer ${token}`]);
  test.each(Array.from({ length: token.length + 2 }, (_, i) => 65_535 - i))(
    'where what is kept of a body is cut: at byte %i',
    (at) => {
      const body = bodyOf(kept(came(`${'p'.repeat(at)}${token}${'p'.repeat(99)}`))?.bodyBase64);
      expect([body.length, /[^p*]/u.test(body)]).toEqual([65_536, false]);
    },
  );
  test('in the URL, the reason, and names and values of headers', () => {
    const headers = [
      [`x-${token.toLowerCase()}`, 'a'],
      ['x-a', token],
    ] as const;
    const given = answer(headers);
    const where = new URL(`https://a.example/no?q=${encodeURIComponent(token)}`);
    expect(kept({ ...given, head: { ...given.head, reason: `no ${token}` } }, plain, where)).toMatchObject({
      url: 'https://a.example/no?q=[redacted]',
      reason: 'no [redacted]',
      headers: [
        ['x-[redacted]', 'a'],
        ['x-a', '[redacted]'],
      ],
    });
  });
  test('in bytes that nobody can read before they are decoded, wherever it shows then, or could', () => {
    const coded = (text: string): Content => ({ ...plain, coding: 'gzip', bytes: Buffer.from(text) });
    expect(kept(came('packed'), coded('p'.repeat(100_000)))?.bodyBase64).not.toBe('');
    for (const text of [`${'p'.repeat(100_000)}${token}`, 'p'.repeat(1_048_576)])
      expect(kept(came('packed'), coded(text))).toMatchObject({
        bodyBase64: '',
        decodedBase64: Buffer.from('p'.repeat(65_536)).toString('base64'),
      });
  });
});
test('everything else is kept as it came, repeated headers in order', () => {
  const headers = [
    ['Server', 'nginx'],
    ['Via', '1.1 a'],
    ['Via', '1.1 b'],
  ] as const;
  const evidence = evidenceOf(url, answer(headers, '<h1>502</h1>'));
  expect(evidence).toMatchObject({ status: 502, reason: 'Bad Gateway', headers, bodyTruncated: false });
  expect(bodyOf(evidence?.bodyBase64)).toBe('<h1>502</h1>');
});
test('a NUL, which the database takes in no JSON, is replaced', () => {
  expect(evidenceOf(url, answer([['x', 'a\0b']]))?.headers).toEqual([['x', 'a\ufffdb']]);
});
test('a reason that is cut in the middle of a character stays text that the database takes', () => {
  const given = answer([]);
  const evidence = evidenceOf(url, { ...given, head: { ...given.head, reason: `${'x'.repeat(999)}😀` } });
  expect(evidence?.reason).toBe(`${'x'.repeat(999)}\ufffd`);
});
test('there is no evidence without an answer', () => {
  expect(evidenceOf(url, { ...answer([]), head: null, fault: 'EMPTY_ANSWER' })).toBeNull();
});
