import type { EscalationPolicy, EscalationTarget } from './escalation.ts';
import { onCallAt, type Schedule } from './on-call.ts';

/** What the choice of whom to tell looks at. */
export type Reachable = Readonly<{ channelId: string; accountId: string | null; kind: string }>;
/** A schedule by its id; null = it is gone. */
export type ScheduleById = (scheduleId: string) => Schedule | null;

type Wanted = (channel: Reachable) => boolean;
const ofPerson =
  (accountId: string | null, kinds: readonly string[] | null): Wanted =>
  (channel) =>
    accountId !== null && channel.accountId === accountId && (kinds === null || kinds.includes(channel.kind));

const wantedBy = (target: EscalationTarget, scheduleById: ScheduleById, at: number): Wanted => {
  switch (target.kind) {
    case 'everyone':
      return () => true;
    case 'channel':
      return ({ channelId }) => channelId === target.channelId;
    case 'account':
      return ofPerson(target.accountId, target.channelKinds);
    case 'schedule': {
      const schedule = scheduleById(target.scheduleId);
      return ofPerson(schedule === null ? null : onCallAt(schedule, at), target.channelKinds);
    }
  }
};

/** Of these channels those that some targets mean at a moment (epoch ms), each once, in their order. */
export const recipientsAt = <C extends Reachable>(
  channels: readonly C[],
  targets: readonly EscalationTarget[],
  scheduleById: ScheduleById,
  at: number,
): readonly C[] => {
  const wanted = targets.map((target) => wantedBy(target, scheduleById, at));
  return channels.filter((channel) => wanted.some((isWanted) => isWanted(channel)));
};

/** What the choice of a policy looks at; `createdAt` is epoch ms. */
export type PolicyCandidate = EscalationPolicy &
  Readonly<{ id: string; isDefault: boolean; tags: readonly string[]; createdAt: number }>;
type Monitored = Readonly<{ policyId: string | null; tags: readonly string[] }>;

const rankOf = (policy: PolicyCandidate, { policyId, tags }: Monitored): number => {
  if (policy.id === policyId) return 0;
  if (policy.tags.some((tag) => tags.includes(tag))) return 1;
  return policy.isDefault ? 2 : 3;
};
const older = (a: PolicyCandidate, b: PolicyCandidate): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** A monitor's own policy; else the oldest that has one of its tags; else the default one. Null = none of them. */
export const choosePolicy = (policies: readonly PolicyCandidate[], monitor: Monitored): PolicyCandidate | null => {
  const ranked = policies.map((policy) => ({ policy, rank: rankOf(policy, monitor) })).filter(({ rank }) => rank < 3);
  return ranked.toSorted((a, b) => a.rank - b.rank || older(a.policy, b.policy))[0]?.policy ?? null;
};
