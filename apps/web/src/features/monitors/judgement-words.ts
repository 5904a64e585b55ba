import type { MonitorView } from '@farwatch/contracts';

export type JudgementPolicy = MonitorView['policy'];

const streak = (given: number | null, regions: number): number => given ?? (regions > 1 ? 1 : 2);
const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice in a row' : `${n} times in a row`);

/** Who must fail for it to be down, and who must be well for it to be up again (domain's `failingNeeded`, `wellNeeded`). */
type Sides = Readonly<{ failing: string; well: string }>;
const sidesOf = (agree: JudgementPolicy['agree'], regions: number): Sides => {
  if (regions === 1) return { failing: 'the region fails', well: 'it was well' };
  if (agree === 'any' || agree === 1)
    return { failing: 'any region fails', well: 'every region that answers was well' };
  if (agree === 'majority')
    return { failing: 'more than half of the regions that answer fail', well: 'more than half of them were well' };
  if (agree === 'all' || agree >= regions)
    return { failing: 'every region that answers fails', well: 'any of them was well' };
  const rest = agree === 2 ? 'all but one' : `all but ${agree - 1}`;
  return { failing: `${agree} regions fail`, well: `${rest} of the regions that answer were well` };
};

/** What a policy means, in a sentence or two. `degradedAboveMs` null: no check is ever degraded. */
export const judgementSentence = (
  policy: JudgementPolicy,
  regions: number,
  degradedAboveMs: number | null = null,
): string => {
  const { failing, well } = sidesOf(policy.agree, regions);
  const { graceMs } = policy;
  const grace = graceMs > 0 ? `, but not in the first ${Math.round(graceMs / 1_000)} s after a change` : '';
  const down = `Down when ${failing} ${times(streak(policy.failuresToOpen, regions))}${grace}`;
  const up = `up again after ${well} ${times(streak(policy.successesToResolve, regions))}`;
  if (degradedAboveMs === null) return `${down}; ${up}.`;
  const slow = `${regions === 1 ? 'it takes' : 'as many find that it takes'} more than ${degradedAboveMs} ms`;
  return `${down}; ${up}. Degraded when ${slow} ${times(policy.degradedAfter)}.`;
};

/** What is used where nothing is typed. */
export const streakPlaceholder = (regions: number): string => String(streak(null, regions));

/** The ways in which so many regions may agree. */
export const agreeChoices = (regions: number): readonly { value: string; label: string }[] => [
  { value: 'majority', label: 'More than half' },
  { value: 'any', label: 'Any one' },
  { value: 'all', label: 'All' },
  ...Array.from({ length: Math.max(0, regions - 2) }, (_, i) => ({ value: String(i + 2), label: `${i + 2} regions` })),
];

export const agreeOf = (value: string): JudgementPolicy['agree'] =>
  value === 'any' || value === 'majority' || value === 'all' ? value : Number(value);
