import type { Hop } from '@farwatch/domain';
import type { Weights } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

type Reached = 'dns' | 'connect' | 'tls' | 'request' | 'first-byte' | 'body';

/** Where the time ran out: the last phase that was entered. */
const reachedOf = (hop: Hop | undefined, hasAnswer: boolean): Reached => {
  if (hop === undefined) return 'first-byte';
  const { dnsMs, connectMs, tlsMs, requestMs, downloadMs } = hop.phases;
  if (hasAnswer || downloadMs !== null) return 'body';
  if (requestMs !== null) return 'first-byte';
  if (tlsMs !== null) return 'tls';
  if (connectMs !== null) return 'connect';
  return dnsMs === null ? 'connect' : 'dns';
};

const meanings: Readonly<Record<Reached, Readonly<{ text: string; weights: Weights }>>> = {
  dns: {
    text: "the time ran out while the site's name was asked for",
    weights: { 'dns-timeout': 20, 'dns-server-failure': 1 },
  },
  connect: {
    text: 'the time ran out while connecting: the public address did not answer',
    weights: { 'gateway-unreachable': 30, 'gateway-overloaded': 2, 'gateway-hang': 1 },
  },
  tls: {
    text: 'the connection stood, and the TLS handshake was never answered',
    weights: { 'gateway-hang': 20, 'gateway-overloaded': 3, 'edge-tls': 1, 'wrong-scheme': 1 },
  },
  request: {
    text: 'the connection stood, and the request could not be handed over',
    weights: { 'gateway-hang': 20, 'gateway-overloaded': 3 },
  },
  'first-byte': {
    text: 'the request was taken and not one byte of an answer came',
    weights: {
      'gateway-hang': 12,
      'origin-timeout': 12,
      'origin-saturated': 5,
      'gateway-overloaded': 2,
      'origin-unreachable': 3,
    },
  },
  body: {
    text: 'the answer began and then stood still',
    weights: { 'truncated-body': 14, 'origin-timeout': 5, 'compression-or-length': 3, 'origin-closed-early': 1 },
  },
};

const read = ({ seen: { look } }: Facts): readonly Clue[] => {
  const { failure, hops, answer, ref } = look;
  if (failure?.kind !== 'timeout') return [];
  const { text, weights } = meanings[reachedOf(hops.at(-1), answer !== null)];
  return [{ text: `${text} (${failure.afterMs} ms)`, weights, look: ref }];
};

/** The check's own time ran out: what it was waiting for says who kept it waiting. */
export const timedOut: Rule = { id: 'timed-out', source: 'measured', part: 'opening', read };
