import type { Phases } from '@farwatch/domain';
import { type Cause, causeFacts, type HopWord } from './causes.ts';
import type { Facts } from './rules/rule.ts';

/** A protection or a rule stands where the answer was written; unknown, at the outermost hop that is known. */
const turnedAwayAt = ({ speaker: { wroteBy, chain } }: Facts): HopWord => {
  if (wroteBy.hop === 'edge' || wroteBy.hop === 'gateway' || wroteBy.hop === 'origin') return wroteBy.hop;
  return chain[0]?.role ?? 'edge';
};

const slowAt: Readonly<Record<keyof Phases, HopWord>> = {
  dnsMs: 'edge',
  connectMs: 'link',
  tlsMs: 'edge',
  firstByteMs: 'origin',
  downloadMs: 'link',
};
const slowestOf = ({ seen: { look } }: Facts): HopWord => {
  const [most] = Object.entries(look.phases ?? {}).sort(([, a], [, b]) => (b ?? 0) - (a ?? 0));
  return most === undefined ? causeFacts.slow.hop : slowAt[most[0] as keyof Phases]; // a key of Phases
};

/** The hop that broke if this is the cause. */
export const hopOf = (cause: Cause, facts: Facts): HopWord => {
  if (cause === 'blocked') return turnedAwayAt(facts);
  // An edge that fails by itself is an edge that failed.
  if (causeFacts[cause].hop === 'gateway' && facts.speaker.wroteBy.hop === 'edge') return 'edge';
  return cause === 'slow' ? slowestOf(facts) : causeFacts[cause].hop;
};
