import type { MonitorView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';

export type JudgementPolicy = MonitorView['policy'];

const streak = (given: number | null, regions: number): number => given ?? (regions > 1 ? 1 : 2);
const times = (n: number): string => (n === 1 ? t`once` : n === 2 ? t`twice in a row` : t`${n} times in a row`);

/** Who must fail for it to be down, and who must be well for it to be up again (domain's `failingNeeded`, `wellNeeded`). */
type Sides = Readonly<{ failing: string; well: string }>;
const sidesOf = (agree: JudgementPolicy['agree'], regions: number): Sides => {
  if (regions === 1) return { failing: t`the region fails`, well: t`it was well` };
  if (agree === 'any' || agree === 1)
    return { failing: t`any region fails`, well: t`every region that answers was well` };
  if (agree === 'majority')
    return { failing: t`more than half of the regions that answer fail`, well: t`more than half of them were well` };
  if (agree === 'all' || agree >= regions)
    return { failing: t`every region that answers fails`, well: t`any of them was well` };
  const but = agree - 1;
  return {
    failing: plural(agree, { one: '# region fails', other: '# regions fail' }),
    well: plural(but, {
      one: 'all but one of the regions that answer were well',
      other: 'all but # of the regions that answer were well',
    }),
  };
};

/** What a policy means, in a sentence or two. `degradedAboveMs` null: no check is ever degraded. */
export const judgementSentence = (
  policy: JudgementPolicy,
  regions: number,
  degradedAboveMs: number | null = null,
): string => {
  const { failing, well } = sidesOf(policy.agree, regions);
  const graceSeconds = Math.round(policy.graceMs / 1_000);
  const [opens, clears] = [
    times(streak(policy.failuresToOpen, regions)),
    times(streak(policy.successesToResolve, regions)),
  ];
  const down =
    policy.graceMs > 0
      ? t`Down when ${failing} ${opens}, but not in the first ${graceSeconds} s after a change`
      : t`Down when ${failing} ${opens}`;
  const both = t`${down}; up again after ${well} ${clears}.`;
  if (degradedAboveMs === null) return both;
  const slow = times(policy.degradedAfter);
  const degraded =
    regions === 1
      ? t`Degraded when it takes more than ${degradedAboveMs} ms ${slow}.`
      : t`Degraded when as many find that it takes more than ${degradedAboveMs} ms ${slow}.`;
  return `${both} ${degraded}`;
};

/** What is used where nothing is typed. */
export const streakPlaceholder = (regions: number): string => String(streak(null, regions));

/** The ways in which so many regions may agree. */
export const agreeChoices = (regions: number): readonly { value: string; label: string }[] => [
  { value: 'majority', label: t`More than half` },
  { value: 'any', label: t`Any one` },
  { value: 'all', label: t`All` },
  ...Array.from({ length: Math.max(0, regions - 2) }, (_, i) => ({
    value: String(i + 2),
    label: plural(i + 2, { one: '# region', other: '# regions' }),
  })),
];

export const agreeOf = (value: string): JudgementPolicy['agree'] =>
  value === 'any' || value === 'majority' || value === 'all' ? value : Number(value);
