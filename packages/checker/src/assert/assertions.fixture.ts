import type { Asserted, assertionOutcome } from './assertions.ts';

const day = 86_400_000;
/** For tests: a good answer. */
export const seen: Asserted = {
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
/** For tests: `holds`, what was expected and what there was, or why nobody knows. */
export const ofOutcome = (outcome: Awaited<ReturnType<typeof assertionOutcome>>): string => {
  if (outcome === null) return 'holds';
  if (outcome.verdict === 'inconclusive') return outcome.reason;
  return outcome.failure.kind === 'assertion' ? `${outcome.failure.expected} | ${outcome.failure.got}` : '?';
};
