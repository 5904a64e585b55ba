import type { Phases } from '@farwatch/domain';
import type { Weights } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

type Phase = keyof Phases;
const words: Readonly<Record<Phase, string>> = {
  dnsMs: "asking for the site's name",
  connectMs: 'connecting',
  tlsMs: 'the TLS handshake',
  firstByteMs: 'waiting for the first byte: the application was working',
  downloadMs: 'the download',
};
const weights: Weights = { slow: 40, 'origin-saturated': 4, healthy: 2 };

const read = ({ seen: { look } }: Facts): readonly Clue[] => {
  const { degraded, phases, ref } = look;
  if (degraded === null || look.findings.length > 0) return [];
  const [most] = Object.entries(phases ?? {}).sort(([, a], [, b]) => (b ?? 0) - (a ?? 0)) as [Phase, number | null][]; // keys of Phases
  const where = most?.[1] == null ? '' : `; most of it, ${Math.round(most[1])} ms, was ${words[most[0]]}`;
  return [{ text: `the answer was good and slow: ${degraded}${where}`, weights, look: ref }];
};

/** A good answer that took too long: which phase took the time. */
export const slow: Rule = { id: 'slow', source: 'the monitor’s own limit', part: 'opening', read };
