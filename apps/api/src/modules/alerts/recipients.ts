import type { EscalationTarget, Schedule, Severity } from '@farwatch/domain';
import { onCallAt, quietUntil } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { type NewDelivery, type Recipient, usableChannels } from './plan-store.ts';

export type RecipientDeps = Readonly<{
  escalations: Readonly<{
    scheduleOf: (tx: Sql, organisationId: string, scheduleId: string) => Promise<Schedule | null>;
  }>;
}>;

type Wanted = (channel: Recipient) => boolean;
const ofPerson =
  (accountId: string | null, kinds: readonly string[] | null): Wanted =>
  (channel) =>
    accountId !== null && channel.accountId === accountId && (kinds === null || kinds.includes(channel.kind));

const wantedBy = async (
  { escalations }: RecipientDeps,
  tx: Sql,
  organisationId: string,
  target: EscalationTarget,
  now: number,
): Promise<Wanted> => {
  switch (target.kind) {
    case 'everyone':
      return () => true;
    case 'channel':
      return ({ channelId }) => channelId === target.channelId;
    case 'account':
      return ofPerson(target.accountId, target.channelKinds);
    case 'schedule': {
      const schedule = await escalations.scheduleOf(tx, organisationId, target.scheduleId);
      return ofPerson(schedule === null ? null : onCallAt(schedule, now), target.channelKinds);
    }
  }
};

/** The channels that some targets mean at this moment, each once: who is on call is decided when it is told, not before. */
export const recipientsOf = async (
  deps: RecipientDeps,
  tx: Sql,
  {
    organisationId,
    targets,
    now,
  }: Readonly<{ organisationId: string; targets: readonly EscalationTarget[]; now: number }>,
): Promise<readonly Recipient[]> => {
  const channels = await usableChannels(tx, organisationId);
  const wanted = await Promise.all(targets.map((target) => wantedBy(deps, tx, organisationId, target, now)));
  return channels.filter((channel) => wanted.some((isWanted) => isWanted(channel)));
};

/**
 * A delivery to this channel, now or, where it is quiet, afterwards. What is told together with others (`gathered`) waits
 * for them where people read it; a program gets each by itself anyway.
 */
export const planFor = (
  channel: Recipient,
  {
    key,
    severity,
    now,
    gathered = null,
  }: Readonly<{ key: string; severity: Severity; now: number; gathered?: number | null }>,
): NewDelivery => {
  const until = channel.quiet === null ? null : quietUntil(channel.quiet, severity, now);
  if (until !== null) return { channel, key, dueAt: until, reason: 'quiet hours' };
  if (gathered === null || gathered <= now || channel.kind === 'webhook')
    return { channel, key, dueAt: now, reason: null };
  return { channel, key, dueAt: gathered, reason: 'told together with what shares its cause' };
};
