import type { PolicyView } from '@farwatch/contracts';
import type { Follower } from './slots.ts';

/** How many monitors follow a policy, by what makes them; `namedBy` are those that name it. */
export type Following = Readonly<{ namedBy: readonly string[]; tagged: number; rest: number }>;
type Policy = Pick<PolicyView, 'id' | 'tags' | 'isDefault' | 'createdAt'>;

/** As the worker chooses: the monitor's own; else the oldest with one of its tags; else the default one. */
const chosen = (
  oldestFirst: readonly Policy[],
  { policyId, tags }: Follower,
): readonly [Policy, keyof Following] | null => {
  const named = oldestFirst.find(({ id }) => id === policyId);
  if (named !== undefined) return [named, 'namedBy'];
  const tagged = oldestFirst.find((policy) => policy.tags.some((tag) => tags.includes(tag)));
  if (tagged !== undefined) return [tagged, 'tagged'];
  const rest = oldestFirst.find(({ isDefault }) => isDefault);
  return rest === undefined ? null : [rest, 'rest'];
};

/** Who follows each of these policies now, by the policy's id. */
export const followingOf = (
  policies: readonly Policy[],
  monitors: readonly Follower[],
): ReadonlyMap<string, Following> => {
  const oldestFirst = policies.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
  const found = monitors.map((monitor) => ({ monitor, by: chosen(oldestFirst, monitor) }));
  return new Map(
    policies.map(({ id }) => {
      const of = (why: keyof Following) => found.filter(({ by }) => by?.[0].id === id && by[1] === why);
      const namedBy = of('namedBy').map(({ monitor }) => monitor.id);
      return [id, { namedBy, tagged: of('tagged').length, rest: of('rest').length }];
    }),
  );
};
