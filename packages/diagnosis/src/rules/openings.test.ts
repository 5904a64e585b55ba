import type { Failure } from '@farwatch/domain';
import { describe, expect, test } from 'vitest';
import { answer, caseOf, failing, hop } from '../case.fixture.ts';
import type { SeenLook } from '../case.ts';
import type { Cause, HopWord } from '../causes.ts';
import { diagnose } from '../diagnose.ts';

const network = (phase: 'dns' | 'connect' | 'tls' | 'protocol', code: string): Partial<SeenLook> => ({
  failure: { kind: 'network', phase, code } satisfies Failure,
  hops: [hop()],
});
const without = { dnsMs: null, connectMs: null, tlsMs: null, requestMs: null, firstByteMs: null, downloadMs: null };
const ranOut = (phases: Partial<typeof without> | Record<string, number>): Partial<SeenLook> => ({
  failure: { kind: 'timeout', afterMs: 10_000 },
  hops: [hop({ phases: { ...without, ...phases } })],
});
const page = (body: string, more: Partial<SeenLook> = {}): Partial<SeenLook> => ({
  ...failing(200, 20, { body }),
  ...more,
});

const rows: readonly (readonly [what: string, seen: Partial<SeenLook>, first: Cause, hop: HopWord])[] = [
  ['a name that does not exist', network('dns', 'ENOTFOUND'), 'dns-no-such-name', 'edge'],
  ['a name without an address', network('dns', 'ENODATA'), 'dns-no-address', 'edge'],
  ['name servers that fail', network('dns', 'ESERVFAIL'), 'dns-server-failure', 'edge'],
  ['name servers that are silent', network('dns', 'ETIMEOUT'), 'dns-timeout', 'edge'],
  ['a refused connection', network('connect', 'ECONNREFUSED'), 'gateway-down', 'gateway'],
  ['no packet back', network('connect', 'ETIMEDOUT'), 'gateway-unreachable', 'gateway'],
  ['no route', network('connect', 'EHOSTUNREACH'), 'gateway-unreachable', 'gateway'],
  ['a name that leads inside', network('connect', 'ADDRESS_DENIED'), 'dns-private-address', 'edge'],
  [
    'an address of an inside network',
    { ...network('connect', 'ADDRESS_DENIED'), url: 'http://10.0.0.7/' },
    'check-refused',
    'client',
  ],
  ['a port that may not be asked', network('connect', 'PORT_DENIED'), 'check-refused', 'client'],
  ['plain HTTP on a TLS port', network('tls', 'ERR_SSL_WRONG_VERSION_NUMBER'), 'wrong-scheme', 'client'],
  ['a refused handshake', network('tls', 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE'), 'edge-tls', 'edge'],
  ['an expired certificate', network('tls', 'CERT_HAS_EXPIRED'), 'certificate-expired', 'edge'],
  ['a certificate of tomorrow', network('tls', 'CERT_NOT_YET_VALID'), 'certificate-not-yet-valid', 'edge'],
  ['a self-signed certificate', network('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate-self-signed', 'edge'],
  ['a root that nobody knows', network('tls', 'SELF_SIGNED_CERT_IN_CHAIN'), 'certificate-chain', 'edge'],
  ['a chain with a hole', network('tls', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate-chain', 'edge'],
  ['a certificate of another name', network('tls', 'ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate-wrong-name', 'edge'],
  ['a signature that is too weak', network('tls', 'CA_MD_TOO_WEAK'), 'certificate-weak', 'edge'],
  ['a connection that is closed', network('protocol', 'EMPTY_ANSWER'), 'gateway-closed', 'gateway'],
  ['what is not HTTP', network('protocol', 'INVALID_HTTP'), 'origin-invalid-response', 'origin'],
  ['headers without end', network('protocol', 'HEADERS_TOO_LARGE'), 'origin-header-too-big', 'origin'],
  ['time that ran out on the name', ranOut({ dnsMs: 10_000 }), 'dns-timeout', 'edge'],
  ['time that ran out connecting', ranOut({ dnsMs: 1, connectMs: 9_999 }), 'gateway-unreachable', 'gateway'],
  ['time that ran out in the handshake', ranOut({ dnsMs: 1, connectMs: 5, tlsMs: 9_994 }), 'gateway-hang', 'gateway'],
  ['an answer that stood still', { ...ranOut({ downloadMs: 9_000 }), answer: answer() }, 'truncated-body', 'origin'],
  ['an error page with a good status', page('<html><title>503 Service Unavailable</title>'), 'masked-outage', 'origin'],
  [
    'a database that is gone',
    page('<html><title>Database Error</title><h1>Error establishing a database connection</h1>'),
    'masked-outage',
    'origin',
  ],
  [
    'an apology with a good status',
    page('<html><title>Sorry</title><h1>We are having trouble</h1><p>Please try again later.</p>'),
    'masked-outage',
    'origin',
  ],
  ['a refusal with a good status', page('<title>404 Not Found</title><h1>Not Found</h1>'), 'masked-outage', 'origin'],
  ['an error in JSON', page('{"status":"error","message":"x"}'), 'masked-outage', 'origin'],
  ['an empty page', page(''), 'empty-page', 'origin'],
  ['an empty page of HTML', page('<html><head></head><body></body></html>'), 'empty-page', 'origin'],
  [
    'a slow page',
    page('Hello there', {
      degraded: 'answered in 3000 ms',
      phases: { dnsMs: 1, connectMs: 1, tlsMs: 1, firstByteMs: 2_900, downloadMs: 1 },
    }),
    'slow',
    'origin',
  ],
  [
    'a slow name',
    page('Hello there', {
      degraded: 'answered in 3000 ms',
      phases: { dnsMs: 2_900, connectMs: 1, tlsMs: 1, firstByteMs: 1, downloadMs: 1 },
    }),
    'slow',
    'edge',
  ],
  ['a good page', page('<html><title>Shop</title><p>Welcome to my shop</p>'), 'healthy', 'none'],
  ['a page without a body where none is due', { ...page(''), method: 'HEAD' }, 'healthy', 'none'],
  ['too many requests', failing(429, 5), 'rate-limited', 'client'],
  ['nothing there', failing(404, 5), 'not-found', 'origin'],
  ['a request that is too large', failing(413, 5), 'request-too-large', 'client'],
  ['an application that failed', failing(500, 50), 'app-error', 'origin'],
  [
    'a planned pause',
    failing(503, 5, { headers: [['Retry-After', '7200']], body: 'We are down for scheduled maintenance' }),
    'maintenance',
    'origin',
  ],
];

describe('the first cause of', () => {
  test.each(rows)('%s', (_what, seen, first, broke) => {
    const diagnosis = diagnose(caseOf(seen));
    expect([diagnosis.causes[0]?.cause, diagnosis.broke.hop]).toEqual([first, broke]);
  });
});

const article = (title: string, words: string): Partial<SeenLook> =>
  page(
    `<html><head><title>${title}</title></head><body><h1>${title}</h1><p>${`${words} `.repeat(60)}</p></body></html>`,
  );

describe('a page that only speaks of errors is no error', () => {
  test.each([
    [
      'an article about gateways',
      article(
        'How to fix 502 Bad Gateway',
        'A 502 bad gateway means that the gateway got no valid answer from the server behind it.',
      ),
    ],
    [
      'a status page',
      article(
        'Acme status',
        'All systems operational. Past incidents: 12 Nov service unavailable in eu-west, resolved.',
      ),
    ],
    [
      'a shop with a robot',
      article('Robots and toys', 'Are you not a robot? Then buy one. Our captcha free checkout is quick.'),
    ],
    [
      'a note of next week’s maintenance',
      article(
        'My bank',
        'Scheduled maintenance on Sunday from 02:00 to 03:00. Your balance is shown below, as always.',
      ),
    ],
    ['a short greeting', page('ok')],
    [
      'a script’s page',
      page('<html><head><script src="/app.js"></script></head><body><div id="root"></div></body></html>'),
    ],
    ['good JSON', page('{"status":"ok","errors":[]}')],
  ])('%s', (_what, seen) => {
    expect(diagnose(caseOf(seen)).causes[0]?.cause).toBe('healthy');
  });
});

describe('where nothing separates the causes, none of them is told with confidence', () => {
  test.each([
    ['an unknown 502', failing(502, 3)],
    ['an unknown 503', failing(503, 3)],
    ['an unknown 504', failing(504, 60_020)],
    [
      'time that ran out before the first byte',
      ranOut({ dnsMs: 1, connectMs: 5, tlsMs: 5, requestMs: 0.1, firstByteMs: 9_980 }),
    ],
  ])('%s', (_what, seen) => {
    const { causes, certainty } = diagnose(caseOf(seen));
    expect(causes[0]?.confidence).toBeLessThan(0.6);
    expect(causes.length).toBeGreaterThan(2);
    expect(certainty).toBe('open');
  });
});

const cached = (age: string, rule: string) =>
  diagnose(
    caseOf(
      failing(200, 20, {
        body: 'Hello there, reader',
        headers: [
          ['Age', age],
          ['Cache-Control', rule],
        ],
      }),
    ),
  );
test('a copy that is older than it may be is not called healthy with confidence', () => {
  const { causes } = cached('90', 'public, max-age=60');
  expect(causes.slice(0, 2).map(({ cause }) => cause)).toEqual(['healthy', 'healthy-stale']);
  expect(causes[0]?.confidence).toBeLessThan(0.6);
  for (const fresh of [cached('59', 'max-age=60'), cached('90', 'max-age=60, s-maxage=600'), cached('90', 'public')])
    expect(fresh.causes[0]?.confidence).toBeGreaterThan(0.9);
});
test('a timeout is known as one where connecting took long on a busy machine', () => {
  const busy = failing(503, 3_000);
  const hops = [
    hop({
      status: 503,
      phases: { dnsMs: 0, connectMs: 90, tlsMs: null, requestMs: 0, firstByteMs: 3_055, downloadMs: 1 },
    }),
  ];
  const first = (seen: Partial<SeenLook>) =>
    diagnose(caseOf(seen))
      .evidence.map(({ text }) => text)
      .join('; ');
  expect(first({ ...busy, hops })).toContain('a usual timeout of gateways');
});
