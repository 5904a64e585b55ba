import type { EscalationPolicy, EscalationTarget } from './escalation.ts';

/** What the choice of whom to tell looks at. */
export type Reachable = Readonly<{ channelId: string; accountId: string | null; kind: string }>;
/** Who is on call by a schedule at a moment (epoch ms); null = nobody, or the schedule is gone. */
export type OnCall = (scheduleId: string, at: number) => string | null;

type Wanted = (channel: Reachable) => boolean;
const ofPerson =
  (accountId: string | null, kinds: readonly string[] | null): Wanted =>
  (channel) =>
    accountId !== null && channel.accountId === accountId && (kinds === null || kinds.includes(channel.kind));

const wantedBy = (target: EscalationTarget, onCall: OnCall, at: number): Wanted => {
  switch (target.kind) {
    case 'everyone':
      return () => true;
    case 'channel':
      return ({ channelId }) => channelId === target.channelId;
    case 'account':
      return ofPerson(target.accountId, target.channelKinds);
    case 'schedule':
      return ofPerson(onCall(target.scheduleId, at), target.channelKinds);
  }
};

/** Of these channels those that some targets mean at a moment (epoch ms), each once, in their order. */
export const recipientsAt = <C extends Reachable>(
  channels: readonly C[],
  targets: readonly EscalationTarget[],
  onCall: OnCall,
  at: number,
): readonly C[] => {
  const wanted = targets.map((target) => wantedBy(target, onCall, at));
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
