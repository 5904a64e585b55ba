import type { Assertion } from '@farwatch/domain';
import { startTarget } from '@farwatch/testkit';
import { describe, expect, test } from 'vitest';
import { type Asserted, assertionFailure } from './assertions.ts';
import { pathFault } from './json-path.ts';
import { lookAt, said } from './look.fixture.ts';
import { patternFault, patternFound } from './pattern.ts';

const day = 86_400_000;
const seen: Asserted = {
  url: 'https://shop.example/de/',
  headers: [
    ['Content-Type', 'application/json; charset=utf-8'],
    ['X-Served-By', 'a'],
    ['x-served-by', 'b'],
  ],
  body: '{"status":"ok","items":[{"id":7,"price":12.5}],"none":null}',
  bytes: 58,
  remoteAddress: '203.0.113.7',
  certificateEndsAt: 20.5 * day,
  totalMs: 412.3,
  phases: { dnsMs: 4, connectMs: 10, tlsMs: null, firstByteMs: 350, downloadMs: 48.3 },
  now: 0,
};
const failed = async (assertion: Assertion): Promise<string> => {
  const failure = await assertionFailure([assertion], seen);
  return failure === null ? 'holds' : failure.kind === 'assertion' ? `${failure.expected} | ${failure.got}` : '?';
};

test.each<[Assertion, string]>([
  [{ kind: 'header', name: 'content-type', compare: 'contains', value: 'json' }, 'holds'],
  [{ kind: 'header', name: 'X-SERVED-BY', compare: 'equals', value: 'a, b' }, 'holds'],
  [{ kind: 'header', name: 'etag', compare: 'equals', value: 'x' }, 'header etag to be "x" | no such header'],
  [{ kind: 'header', name: 'etag', compare: 'not-contains', value: 'x' }, 'holds'],
  [{ kind: 'header-present', name: 'etag', present: true }, 'header etag to be there | absent'],
  [{ kind: 'header-present', name: 'x-served-by', present: false }, 'header x-served-by to be absent | "a, b"'],
  [{ kind: 'body', compare: 'matches', value: '"status":"o[k]"' }, 'holds'],
  [
    { kind: 'body', compare: 'not-contains', value: '"price"' },
    `the body not to contain "\\"price\\"" | ${JSON.stringify(seen.body)}`,
  ],
  [{ kind: 'json', path: '$.status', compare: 'equals', value: 'ok' }, 'holds'],
  [{ kind: 'json', path: '$.items[0].id', compare: 'equals', value: '7' }, 'holds'],
  [
    { kind: 'json', path: '$.items[?@.price > 12].id', compare: 'equals', value: '8' },
    '$.items[?@.price > 12].id to be "8" | "7"',
  ],
  [{ kind: 'json', path: '$.missing', compare: 'equals', value: 'x' }, '$.missing to be "x" | nothing there'],
  [{ kind: 'json-present', path: '$.none', present: true }, 'holds'],
  [{ kind: 'json-present', path: '$.status', present: false }, '$.status to be absent | there'],
  [
    { kind: 'json-number', path: '$.items[0].price', compare: 'at-most', value: 12 },
    '$.items[0].price to be at most 12 | 12.5',
  ],
  [{ kind: 'json-number', path: '$.status', compare: 'at-least', value: 1 }, '$.status to be at least 1 | "ok"'],
  [{ kind: 'body-size', compare: 'at-least', bytes: 100 }, 'at least 100 bytes | 58 bytes'],
  [{ kind: 'response-time', phase: 'total', atMostMs: 400 }, 'an answer within 400 ms | 412 ms'],
  [{ kind: 'response-time', phase: 'first-byte', atMostMs: 400 }, 'holds'],
  [{ kind: 'response-time', phase: 'tls', atMostMs: 1 }, 'holds'],
  [{ kind: 'certificate-days', atLeast: 21 }, 'a certificate for 21 more days | 20 days'],
  [{ kind: 'certificate-days', atLeast: 20 }, 'holds'],
  [
    { kind: 'final-url', compare: 'equals', value: 'https://shop.example/' },
    'the final URL to be "https://shop.example/" | "https://shop.example/de/"',
  ],
  [
    { kind: 'remote-address', compare: 'not-equals', value: '203.0.113.7' },
    'the address not to be "203.0.113.7" | "203.0.113.7"',
  ],
])('%j: %s', async (assertion, words) => expect(await failed(assertion)).toBe(words));

test('of several that don’t hold each says what it expected and what there was', async () => {
  const two: Assertion[] = [
    { kind: 'body-size', compare: 'at-most', bytes: 10 },
    { kind: 'json', path: '$.status', compare: 'equals', value: 'ok' },
    { kind: 'header-present', name: 'etag', present: true },
  ];
  expect(await assertionFailure(two, seen)).toEqual({
    kind: 'assertion',
    expected: 'at most 10 bytes; header etag to be there',
    got: '58 bytes; absent',
  });
});
test('a body that is no JSON, and one that is nested without end, fail and throw nothing', async () => {
  const path: Assertion = { kind: 'json', path: '$..a', compare: 'equals', value: 'x' };
  for (const body of ['<html>', '['.repeat(100_000), `${'[1,'.repeat(50_000)}1${']'.repeat(50_000)}`])
    expect(await assertionFailure([path], { ...seen, body })).toMatchObject({ kind: 'assertion' });
});
test('words about an answer hold nothing that no database takes', async () => {
  const body = `{"a":"\\u0000${'😀'.repeat(150)}"}`;
  const nul: Assertion = { kind: 'json', path: "$['\u0000']", compare: 'equals', value: 'x' };
  for (const assertion of [nul, { ...nul, path: '$.a' }, { kind: 'body', compare: 'equals', value: '' } as const]) {
    const failure = await assertionFailure([assertion], { ...seen, body });
    const text = `${failure?.expected} ${failure?.got}`;
    expect([text.isWellFormed(), text.includes('\0')]).toEqual([true, false]);
  }
});
test('a pattern or a path that is none is told in words; a path may match no patterns', () => {
  expect(patternFault('(a+)+$')).toBeNull();
  expect(patternFault('(?=a)b')).toContain('invalid');
  expect(pathFault('$.a[?@.b == 1]')).toBeNull();
  expect(pathFault('$.a[')).toContain('unclosed');
  expect(pathFault('$[?match(@.a, "(a+)+b")]')).not.toBeNull();
});

describe('a look', () => {
  const evil = '^(.*a){12}$';
  test('holds no other up while a pattern is looked for, and gives up on one that takes too long', async () => {
    let longest = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const found = await patternFound(evil, `${'b'.repeat(1_048_000)}a`.repeat(1));
    clearInterval(watch);
    expect(found === null || typeof found === 'boolean').toBe(true);
    expect(longest).toBeLessThan(1_000);
    expect(await patternFound('b{3}a', `${'b'.repeat(10_000)}a`)).toBe(true); // the thread is there again
  });
  test('whose answer is not what is asserted is down, and the answer is kept', async () => {
    await using target = await startTarget((_, res) => res.writeHead(200, { 'x-a': '1' }).end('maintenance'));
    const assertions: Assertion[] = [{ kind: 'body', compare: 'not-contains', value: 'maintenance' }];
    const answer = await lookAt(target.url, { assertions });
    expect(answer.outcome).toMatchObject({ verdict: 'down', failure: { kind: 'assertion', got: '"maintenance"' } });
    expect(Buffer.from(answer.evidence?.bodyBase64 ?? '', 'base64').toString()).toBe('maintenance');
    expect(said(await lookAt(target.url, { assertions: [{ kind: 'body', compare: 'contains', value: 'main' }] }))).toBe(
      'up',
    );
  });
  test('looks at a body beyond what evidence keeps, and at its charset', async () => {
    await using target = await startTarget((_, res) => {
      res.writeHead(200, { 'content-type': 'text/plain; charset=iso-8859-1' });
      res.end(Buffer.from(`${'x'.repeat(200_000)}Gr\u00fc\u00dfe`, 'latin1'));
    });
    const answer = await lookAt(target.url, { assertions: [{ kind: 'body', compare: 'contains', value: 'Grüße' }] });
    expect(said(answer)).toBe('up');
    const other = await lookAt(target.url, { assertions: [{ kind: 'body', compare: 'contains', value: 'Tschüss' }] });
    expect(Buffer.from(other.evidence?.bodyBase64 ?? '', 'base64')).toHaveLength(65_536);
    expect(other.evidence?.bodyTruncated).toBe(true);
  });
  test('asserts of the answer that redirects end with, and of no answer whose status is down', async () => {
    await using target = await startTarget((req, res) => {
      if (req.url === '/') res.writeHead(302, { location: '/home' }).end();
      else if (req.url === '/home') res.end('home');
      else res.writeHead(500).end('no');
    });
    const assertions: Assertion[] = [{ kind: 'final-url', compare: 'matches', value: '/home$' }];
    expect(said(await lookAt(target.url, { assertions }))).toBe('up');
    expect(said(await lookAt(`${target.url}/other`, { assertions }))).toBe('500');
  });
  test('that is good and slow is degraded above what is set', async () => {
    await using target = await startTarget((_, res) => void setTimeout(() => res.end('ok'), 60));
    expect((await lookAt(target.url, { degradedAboveMs: 20 })).outcome).toMatchObject({
      verdict: 'degraded',
      reason: expect.stringMatching(/^answered in \d+ ms, more than 20 ms$/u),
    });
    expect(said(await lookAt(target.url, { degradedAboveMs: 4_000 }))).toBe('up');
    expect(said(await lookAt(target.url, { degradedAboveMs: null }))).toBe('up');
  });
});
