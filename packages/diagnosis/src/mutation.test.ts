import type { Failure, Finding, TwinAnswer } from '@farwatch/domain';
import { describe, expect, test } from 'vitest';
import { logOf } from './answer/log.fixture.ts';
import { answer, before, beganAt, caseOf, failing, hop, nginx502, other } from './case.fixture.ts';
import type { Case } from './case.ts';
import { diagnose } from './diagnose.ts';
import { factsOf } from './facts.ts';
import { rules } from './rules/all.ts';
import { weigh } from './weigh.ts';

const verdictOf = (seen: Case) => {
  const { causes, broke, wroteBy } = diagnose(seen);
  return JSON.stringify({ causes, broke, wroteBy });
};
const network = (phase: 'dns' | 'connect' | 'tls' | 'protocol', code: string): Failure => ({
  ...{ kind: 'network', phase },
  code,
});
const twin = (more: Partial<TwinAnswer>): TwinAnswer => ({
  ...{ origin: 'http://203.0.113.9', verdict: 'bad', reason: 'connect error (ECONNREFUSED)', hop: null },
  ...{ bodyBase64: null, headers: [] },
  ...more,
});
const finding = (code: string, withIdentity: Finding['withIdentity']): Finding => ({
  ...{ kind: 'compression', text: 'the gzip body ends early' },
  ...{ code, withIdentity },
});
const minuteMs = 60_000;

/** One item of evidence there, and not there or another one. */
const table: readonly (readonly [item: string, withIt: Case, without: Case])[] = [
  ['the status', caseOf(nginx502()), caseOf({ ...nginx502(), ...failing(504, 2) })],
  ['the page', caseOf(nginx502()), caseOf(failing(502, 2))],
  ['the wait', caseOf(nginx502(2)), caseOf(nginx502(7_300))],
  ['the wait behind an unknown gateway', caseOf(failing(502, 2)), caseOf(failing(502, 60_020))],
  ['a round wait', caseOf(failing(504, 60_020)), caseOf(failing(504, 47_000))],
  [
    'the origin that answers well',
    caseOf({ ...nginx502(), twin: twin({ verdict: 'good', reason: null }) }),
    caseOf(nginx502()),
  ],
  [
    'the origin that refuses',
    caseOf({ ...nginx502(), twin: twin({}) }),
    caseOf({ ...nginx502(), twin: twin({ reason: 'tls error (EPROTO)' }) }),
  ],
  [
    'a region that sees nothing',
    caseOf(nginx502(), { others: [other('iad', 'bad'), other('sin', 'good')] }),
    caseOf(nginx502(), { others: [other('iad', 'bad'), other('sin', 'bad')] }),
  ],
  [
    'a family that works',
    caseOf(
      { failure: network('connect', 'ECONNRESET') },
      {
        others: [
          other('iad', 'bad', { ref: { region: 'iad', family: 'ipv6', at: beganAt } }),
          other('iad', 'good', { ref: { region: 'iad', family: 'ipv4', at: beganAt } }),
        ],
      },
    ),
    caseOf(
      { failure: network('connect', 'ECONNRESET') },
      { others: [other('iad', 'bad', { ref: { region: 'iad', family: 'ipv6', at: beganAt } })] },
    ),
  ],
  [
    'an address that works',
    caseOf(nginx502(), { others: [other('iad', 'bad'), other('iad', 'good', { address: '203.0.113.8' })] }),
    caseOf(nginx502(), { others: [other('iad', 'bad')] }),
  ],
  [
    'a deploy before',
    caseOf(nginx502(), { before: { ...before, marks: [{ at: beganAt - minuteMs, kind: 'deploy', text: 'v2' }] } }),
    caseOf(nginx502(), { before }),
  ],
  [
    'a recovery just before',
    caseOf(nginx502(), {
      before: {
        ...before,
        incidents: [{ startedAt: beganAt - 5 * minuteMs, resolvedAt: beganAt - minuteMs, code: '502' }],
      },
    }),
    caseOf(nginx502(), { before }),
  ],
  [
    'answers that had grown slow',
    caseOf(nginx502(), { before: { ...before, usualMs: 100, lastMs: 900 } }),
    caseOf(nginx502(), { before: { ...before, usualMs: 100, lastMs: 110 } }),
  ],
  [
    'a new address',
    caseOf(nginx502(), { before: { ...before, addressChangedAt: beganAt - minuteMs } }),
    caseOf(nginx502(), { before }),
  ],
  [
    'a new certificate',
    caseOf(
      { failure: network('tls', 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR') },
      { before: { ...before, certificateChangedAt: beganAt - minuteMs } },
    ),
    caseOf({ failure: network('tls', 'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR') }, { before }),
  ],
  ['Retry-After', caseOf(failing(503, 2, { headers: [['Retry-After', '3600']] })), caseOf(failing(503, 2))],
  [
    'words of maintenance',
    caseOf(failing(503, 2, { body: 'Down for scheduled maintenance' })),
    caseOf(failing(503, 2, { body: 'Down' })),
  ],
  [
    'a used-up rate',
    caseOf(failing(503, 2, { headers: [['X-RateLimit-Remaining', '0']] })),
    caseOf(failing(503, 2, { headers: [['X-RateLimit-Remaining', '7']] })),
  ],
  ['a protection', caseOf(failing(403, 2, { headers: [['CF-Mitigated', 'challenge']] })), caseOf(failing(403, 2))],
  [
    'a gateway that it came through',
    caseOf(failing(503, 2, { body: 'No', headers: [['Server', 'nginx']] })),
    caseOf(failing(503, 2, { body: 'No', headers: [] })),
  ],
  [
    'a line of the log',
    caseOf(nginx502(), { log: logOf('origin-header-too-big', '127.0.0.1:3000') }),
    caseOf(nginx502()),
  ],
  [
    'a program’s stack',
    caseOf(failing(502, 900, { body: 'Traceback (most recent call last):' })),
    caseOf(failing(502, 900)),
  ],
  [
    'how far it came',
    caseOf({ failure: { kind: 'timeout', afterMs: 10_000 }, hops: [hop()] }),
    caseOf({
      failure: { kind: 'timeout', afterMs: 10_000 },
      hops: [
        hop({
          phases: { dnsMs: 1, connectMs: null, tlsMs: null, requestMs: null, firstByteMs: null, downloadMs: null },
        }),
      ],
    }),
  ],
  [
    'a code of the network',
    caseOf({ failure: network('connect', 'ECONNREFUSED') }),
    caseOf({ failure: network('connect', 'ETIMEDOUT') }),
  ],
  [
    'what is wrong with a certificate',
    caseOf({ failure: network('tls', 'CERT_HAS_EXPIRED') }),
    caseOf({ failure: network('tls', 'DEPTH_ZERO_SELF_SIGNED_CERT') }),
  ],
  [
    'a finding',
    caseOf({ failure: network('protocol', 'CUT_CODING'), answer: answer(), findings: [finding('CUT_CODING', null)] }),
    caseOf({ failure: network('protocol', 'CUT_BODY'), answer: answer(), findings: [finding('CUT_BODY', null)] }),
  ],
  [
    'the same page without compression',
    caseOf({ failure: network('protocol', 'CUT_BODY'), answer: answer(), findings: [finding('CUT_BODY', 'good')] }),
    caseOf({ failure: network('protocol', 'CUT_BODY'), answer: answer(), findings: [finding('CUT_BODY', 'bad')] }),
  ],
  [
    'an error on a good page',
    caseOf(failing(200, 20, { body: '<html><title>502 Bad Gateway</title>' })),
    caseOf(failing(200, 20, { body: '<html><title>My shop</title>Welcome to my shop' })),
  ],
  [
    'a page at all',
    caseOf(failing(200, 20, { body: '', bodyBytes: 0 })),
    caseOf(failing(200, 20, { body: 'Hello, this is a page', bodyBytes: 21 })),
  ],
  [
    'a cache that serves old copies',
    caseOf(failing(200, 20, { body: 'Hello there', headers: [['X-Cache', 'STALE']] })),
    caseOf(failing(200, 20, { body: 'Hello there', headers: [['X-Cache', 'HIT']] })),
  ],
  [
    'how long a good answer took',
    caseOf({ ...failing(200, 20, { body: 'Hello there' }), degraded: 'answered in 3,000 ms' }),
    caseOf(failing(200, 20, { body: 'Hello there' })),
  ],
];

describe('a diagnosis is decided by its evidence', () => {
  test.each(table)('%s', (_item, withIt, without) => {
    expect(verdictOf(withIt)).not.toEqual(verdictOf(without));
  });
  test('and by nothing else', () => {
    for (const [, seen] of table) expect(verdictOf(structuredClone(seen))).toEqual(verdictOf(seen));
  });
});

const shares = (seen: Case, some: typeof rules) => JSON.stringify([...weigh(factsOf(seen), some).share]);

describe('without the rule', () => {
  test.each(rules.map(({ id }) => id))('%s some diagnosis would be another', (id) => {
    const others = rules.filter((rule) => rule.id !== id);
    expect(table.some(([, seen]) => shares(seen, rules) !== shares(seen, others))).toBe(true);
  });
});
