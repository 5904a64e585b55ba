import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { beganAt, caseOf, hop, look, nginx502 } from '../case.fixture.ts';
import { diagnose } from '../diagnose.ts';
import type { HandOverFacts } from './facts.ts';
import { handOver } from './make.ts';
import { handOverPage, handOverStyle, handOverStyleHash } from './page.ts';
import { handOverText } from './text.ts';

const certificate = {
  ...{
    subject: 'CN=shop.example',
    issuer: 'CN=R11, O=Let’s Encrypt',
    names: ['DNS:shop.example'],
    serial: '04AB',
    chain: [],
  },
  ...{ startsAt: beganAt - 86_400_000, endsAt: beganAt + 86_400_000, sha256: Array(32).fill('AB').join(':') },
};
const tls = { version: 'TLSv1.3', cipher: 'x', certificate, daysLeft: 1, stapled: false, error: null };
const seen = look({ ...nginx502(), hops: [hop({ status: 502, tls, httpVersion: '1.1' })] });
const cloud = look({
  ...nginx502(),
  ref: { region: 'iad', family: 'any', at: beganAt + 30_000 },
  answer: {
    ...(seen.answer ?? { status: 502, reason: null, httpVersion: null, body: '', bodyBytes: 0 }),
    headers: [
      ['Server', 'cloudflare'],
      ['CF-RAY', '8c0ffee-IAD'],
    ],
  },
});

const facts = (more: Partial<HandOverFacts> = {}): HandOverFacts => ({
  ...{ incidentId: '0193-x', monitorName: 'Shop', url: 'https://shop.example/', madeAt: beganAt + 3_600_000 },
  ...{
    startedAt: beganAt,
    resolvedAt: beganAt + 63_000,
    looks: [seen, cloud],
    diagnosis: diagnose(caseOf(nginx502())),
  },
  bounds: {
    lastGoodAt: beganAt - 30_000,
    firstBadAt: beganAt + 40,
    lastBadAt: beganAt + 60_000,
    firstGoodAt: beganAt + 63_000,
  },
  spans: [
    { region: 'iad', code: '504', startedAt: beganAt + 30_000, lastSeenAt: beganAt + 60_000, endedAt: null },
    { region: 'fra', code: '502', startedAt: beganAt, lastSeenAt: beganAt + 30_000, endedAt: beganAt + 63_000 },
  ],
  ...more,
});

describe('the pack holds what a provider needs', () => {
  const pack = handOver(facts());
  test('times with their bounds, to the millisecond and in UTC', () => {
    expect(pack).toMatchObject({
      ...{ startedAt: '2025-11-28T04:00:00.000Z', resolvedAt: '2025-11-28T04:01:03.000Z', durationMs: 63_000 },
      startBetween: ['2025-11-28T03:59:30.000Z', '2025-11-28T04:00:00.040Z'],
      clearBetween: ['2025-11-28T04:01:00.000Z', '2025-11-28T04:01:03.000Z'],
    });
  });
  test('codes by region in the order of time, request ids, addresses, certificate, phases, headers, page', () => {
    expect(pack.codes.map(({ region, code }) => `${region} ${code}`)).toEqual(['fra 502', 'iad 504']);
    expect(pack.requestIds).toMatchObject([{ name: 'CF-RAY', value: '8c0ffee-IAD', region: 'iad' }]);
    expect(pack.addresses).toEqual(['203.0.113.7']);
    expect(pack.certificate).toMatchObject({ serial: '04AB', error: null });
    expect(pack.checks[0]).toMatchObject({ status: 502, region: 'fra', address: '203.0.113.7', httpVersion: '1.1' });
    expect(pack.checks[0]?.phases.map(({ phase }) => phase)).toContain('connect');
    expect(pack.checks[0]?.headers).toContainEqual(['Server', 'nginx']);
    expect(pack.page).toContain('502 Bad Gateway');
    expect(pack.diagnosis?.causes.length).toBeGreaterThan(1);
  });
  test('it is JSON as it is', () => expect(JSON.parse(JSON.stringify(pack))).toEqual(pack));
  test('an outage that goes on has no end, and nothing is made up', () => {
    const open = handOver(facts({ resolvedAt: null, looks: [], diagnosis: null }));
    expect(open).toMatchObject({ resolvedAt: null, durationMs: 3_600_000, page: null, certificate: null, checks: [] });
    expect(handOverText(open)).toContain('not yet');
    expect(handOverPage(open)).toContain('not yet');
  });
});

test('the text names all of it', () => {
  const text = handOverText(handOver(facts()));
  for (const part of [
    'https://shop.example/',
    '2025-11-28 04:00:00.000 UTC',
    '1 min 3 s',
    'fra  502',
    'CF-RAY: 8c0ffee-IAD',
    '203.0.113.7',
    '04AB',
    'first byte',
    'Server: nginx',
    '502 Bad Gateway',
  ])
    expect(text).toContain(part);
});

const hostile = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    '</style><b>',
    '\u{1b}[31m',
    '\u{202e}gpj',
    'x'.repeat(500),
    '&lt;',
    'é'.repeat(90),
  ),
);
const hostileFacts = fc.tuple(hostile, hostile, hostile).map(([a, b, c]) =>
  facts({
    ...{ monitorName: a, url: b, incidentId: c },
    looks: [
      look({
        ...nginx502(),
        url: b,
        answer: {
          status: 502,
          reason: c,
          httpVersion: '1.1',
          headers: [
            [a, b],
            ['CF-RAY', c],
          ],
          body: a,
          bodyBytes: 1,
        },
      }),
    ],
    spans: [{ region: c, code: a, startedAt: beganAt, lastSeenAt: beganAt, endedAt: null }],
    diagnosis: { ...diagnose(caseOf(nginx502())), summary: a, evidence: [] },
  }),
);

test('whatever a server sent, no line of the text is longer than 80 and none holds a terminal’s command', () => {
  fc.assert(
    fc.property(hostileFacts, (each) => {
      for (const line of handOverText(handOver(each)).split('\n')) {
        expect(line.length).toBeLessThanOrEqual(80);
        expect(line).not.toMatch(/[\p{Cc}\u{202a}-\u{202e}]/u);
      }
    }),
  );
});

test('whatever a server sent, the page has no script, no handler and no other element than its own', () => {
  const own = new Set(
    'html head meta title style body h1 h2 p table thead tbody tr th td br pre code ul li footer'.split(' '),
  );
  fc.assert(
    fc.property(hostileFacts, (each) => {
      const page = handOverPage(handOver(each));
      const bare = page.replace(handOverStyle, '');
      for (const [, name = ''] of bare.matchAll(/<\/?([a-z0-9]+)/giu)) expect(own.has(name.toLowerCase())).toBe(true);
      expect(bare).not.toMatch(/<[^<>]*\s(?:on\w+|style|href|src)=/iu);
      expect(page.match(/<style/gu)).toHaveLength(1);
    }),
  );
});

test('the style is the one whose hash a policy may allow', async () => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(handOverStyle));
  expect(handOverStyleHash).toBe(`sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`);
});
