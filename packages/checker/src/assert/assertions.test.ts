import type { Assertion } from '@farwatch/domain';
import { startTarget } from '@farwatch/testkit';
import { describe, expect, test } from 'vitest';
import { lookAt, said } from '../look.fixture.ts';
import { ofOutcome, seen } from './assertions.fixture.ts';
import { assertionOutcome } from './assertions.ts';
import { longestPause } from './pause.fixture.ts';

const failed = async (assertion: Assertion): Promise<string> => ofOutcome(await assertionOutcome([assertion], seen));

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
  expect(await assertionOutcome(two, seen)).toEqual({
    verdict: 'down',
    failure: { kind: 'assertion', expected: 'at most 10 bytes; header etag to be there', got: '58 bytes; absent' },
  });
});
test.each([
  ['no JSON', '<html>', 400, '$..a to be "x" | a body that is no JSON'],
  ['no JSON', '['.repeat(400), 400, '$..a to be "x" | a body that is no JSON'],
  [
    'nested without end',
    `${'[1,'.repeat(50_000)}1${']'.repeat(50_000)}`,
    200_001,
    'probe could not tell: expected $..a to be "x", but the JSON is too large or nested too deep to be looked through',
  ],
  [
    'cut at what is read of a body',
    `[${'0,'.repeat(524_287)}`,
    1_048_576,
    'probe could not tell: expected $..a to be "x", but of the body only the first mebibyte is read',
  ],
])('a body that is %s', async (_, body, bytes, words) => {
  const path: Assertion = { kind: 'json', path: '$..a', compare: 'equals', value: 'x' };
  expect(ofOutcome(await assertionOutcome([path], { ...seen, body, bytes }))).toBe(words);
});
test('the first of very many values is found', async () => {
  const first: Assertion = { kind: 'json', path: '$[*]', compare: 'equals', value: '7' };
  expect(await assertionOutcome([first], { ...seen, body: `[7${',0'.repeat(130_000)}]` })).toBeNull();
});
test('words about an answer hold nothing that no database takes', async () => {
  const body = `{"a":"\\u0000${'😀'.repeat(150)}"}`;
  const nul: Assertion = { kind: 'json', path: "$['\u0000']", compare: 'equals', value: 'x' };
  for (const assertion of [nul, { ...nul, path: '$.a' }, { kind: 'body', compare: 'equals', value: '' } as const]) {
    const text = ofOutcome(await assertionOutcome([assertion], { ...seen, body }));
    expect([text.isWellFormed(), text.includes('\0')]).toEqual([true, false]);
  }
});

describe('a look', () => {
  const big = 'x'.repeat(1_000_000);
  /** On a page of `x` alone it takes seconds. */
  const evil: Assertion = { kind: 'body', compare: 'not-matches', value: '(?:.?){300}[^x]' };
  test('is down for what fails, and nobody knows what a pattern would have said that takes too long', async () => {
    const answer = { ...seen, url: 'https://slow.example/', body: big };
    expect(ofOutcome(await assertionOutcome([evil], answer))).toBe(
      'probe could not tell: expected the body not to match "(?:.?){300}[^x]", but it takes too long on this answer',
    );
    const fails: Assertion = { kind: 'body-size', compare: 'at-most', bytes: 10 };
    expect(await assertionOutcome([evil, fails], answer)).toMatchObject({ verdict: 'down' });
  });
  test('is not held up by the slow patterns and paths of others', async () => {
    await using target = await startTarget((req, res) => res.end(req.url === '/evil' ? big : `${big} all fine`));
    const slow = Array.from({ length: 8 }, () =>
      lookAt(`${target.url}/evil`, { timeoutMs: 10_000, assertions: [evil] }),
    );
    await Promise.race(slow); // by now it is known which ones are slow
    const more = lookAt(`${target.url}/evil`, { assertions: [evil] });
    const assertions: Assertion[] = [{ kind: 'body', compare: 'matches', value: 'all fine' }];
    expect(said(await lookAt(target.url, { timeoutMs: 2_000, assertions }))).toBe('up');
    expect((await Promise.all([...slow, more])).map(said)).toEqual(Array(9).fill('inconclusive'));
  });
  test.each<[string, string, Assertion]>([
    ['many optional letters', 'a'.repeat(2_000), { ...evil, value: '(?:a?){1000}'.repeat(20) }],
    [
      'queries in queries',
      JSON.stringify(Array.from({ length: 1_000 }, (_, i) => ({ a: i, b: [1, 2, 3] }))),
      { kind: 'json-present', path: '$[?count($..[?count($..*)>0])>0]', present: true },
    ],
    [
      'everything many times',
      `[${'0,'.repeat(500_000)}0]`,
      { kind: 'json-present', path: `$[${Array(200).fill('*').join(',')}].a`, present: false },
    ],
  ])('holds no other up: %s', async (_, page, assertion) => {
    await using target = await startTarget((_req, res) => res.end(page));
    await lookAt(target.url, { assertions: [{ kind: 'body', compare: 'matches', value: '(?:x?){99}y' }] }); // the thread is there
    const pause = await longestPause(async () => {
      const answer = await lookAt(target.url, { timeoutMs: 1_000, assertions: [assertion] });
      expect(answer.outcome).toMatchObject({ verdict: 'inconclusive' });
    });
    expect(pause).toBeLessThan(500); // without a thread it is more than five seconds; how much exactly, the bench says
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
