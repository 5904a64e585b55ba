import type { MonitorView } from '@farwatch/contracts';

export type JudgementPolicy = MonitorView['policy'];

const streak = (given: number | null, regions: number): number => given ?? (regions > 1 ? 1 : 2);
const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice in a row' : `${n} times in a row`);

const who = (agree: JudgementPolicy['agree'], regions: number): string => {
  if (regions === 1) return 'the region';
  if (agree === 'any') return 'any region';
  if (agree === 'majority') return 'more than half of the regions that answer';
  if (agree === 'all') return 'every region that answers';
  return `${Math.min(agree, regions)} regions`;
};

const one = (agree: JudgementPolicy['agree'], regions: number): boolean =>
  regions === 1 || agree === 'any' || agree === 'all';

/** What a policy means, in one sentence. */
export const judgementSentence = (policy: JudgementPolicy, regions: number): string => {
  const fail = one(policy.agree, regions) ? 'fails' : 'fail';
  const grace =
    policy.graceMs > 0 ? `, but not in the first ${Math.round(policy.graceMs / 1_000)} s after a change` : '';
  const down = `Down when ${who(policy.agree, regions)} ${fail} ${times(streak(policy.failuresToOpen, regions))}${grace}`;
  const well = regions === 1 ? 'it was well' : 'as many were well';
  return `${down}; up again after ${well} ${times(streak(policy.successesToResolve, regions))}.`;
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
