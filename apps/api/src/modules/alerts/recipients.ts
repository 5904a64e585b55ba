import type { EscalationTarget, OnCall, Schedule, Severity } from '@farwatch/domain';
import { listenerOf, newsDueAt, onCallAt, recipientsAt } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { type NewDelivery, type Recipient, usableChannels } from './plan-store.ts';

export type RecipientDeps = Readonly<{
  escalations: Readonly<{
    scheduleOf: (tx: Sql, organisationId: string, scheduleId: string) => Promise<Schedule | null>;
  }>;
}>;

/** The schedules that some targets name, as they are now. */
const schedulesOf = async (
  { escalations }: RecipientDeps,
  tx: Sql,
  organisationId: string,
  targets: readonly EscalationTarget[],
): Promise<OnCall> => {
  const ids = new Set(targets.flatMap((target) => (target.kind === 'schedule' ? [target.scheduleId] : [])));
  const found = new Map<string, Schedule | null>();
  for (const id of ids) found.set(id, await escalations.scheduleOf(tx, organisationId, id));
  return (id, at) => {
    const schedule = found.get(id) ?? null;
    return schedule === null ? null : onCallAt(schedule, at);
  };
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
  return recipientsAt(channels, targets, await schedulesOf(deps, tx, organisationId, targets), now);
};

const putOffWords = { 'quiet-hours': 'quiet hours', gathered: 'told together with what shares its cause' } as const;

/** A delivery to this channel: now, where it is quiet afterwards, or together with others (`gathered`). */
export const planFor = (
  channel: Recipient,
  {
    key,
    severity,
    now,
    gathered = null,
  }: Readonly<{ key: string; severity: Severity; now: number; gathered?: number | null }>,
): NewDelivery => {
  const { quiet, kind } = channel;
  const { dueAt, putOffBy } = newsDueAt({ quiet, listener: listenerOf(kind) }, { severity, now, gathered });
  return { channel, key, dueAt, reason: putOffBy === null ? null : putOffWords[putOffBy] };
};
