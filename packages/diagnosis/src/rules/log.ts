import type { Cause } from '../causes.ts';
import type { Clue, Facts, Rule } from './rule.ts';

/** A line of the gateway at the time outweighs what is seen from outside, unless it is one among others. */
const strength = 100_000;

const named = (upstream: string | null): string => (upstream === null ? '' : ` (${upstream})`);
const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const read = ({ seen: { log } }: Facts): readonly Clue[] => {
  if (log === null) return [];
  const inside = log.counts.filter(({ within }) => within > 0);
  const total = inside.reduce((sum, { within }) => sum + within, 0);
  if (total === 0) return [];
  const byCause = new Map<Cause, number>();
  for (const { cause, within } of inside) byCause.set(cause, (byCause.get(cause) ?? 0) + within);
  const weights: Partial<Record<Cause, number>> = {};
  for (const [cause, count] of byCause) weights[cause] = 1 + (strength * count) / total;
  for (const { cause, alike = [] } of inside)
    for (const each of alike) weights[each] = Math.max(weights[each] ?? 1, (weights[cause] ?? 1) * 0.8);
  const said = [...inside]
    .slice(0, 3)
    .map(({ cause, upstream, within }) => `${cause}${named(upstream)} ${times(within)}`);
  return [{ text: `the log says at that time: ${said.join('; ')}`, weights, otherwise: 1, look: null }];
};

/** What the gateway's own log says inside the incident. Lines outside of it say nothing. */
export const log: Rule = { id: 'log', source: 'logs/: each program’s own source', part: 'weighing', read };
