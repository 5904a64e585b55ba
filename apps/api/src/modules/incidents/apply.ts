import type { ConfirmCheck } from '@farwatch/contracts';
import { type Advance, type Effect, failureCode, isSettled, type MonitorState, statusOf } from '@farwatch/domain';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import type { EventStore } from '../events/store.ts';
import { saveState, type Watched } from '../monitors/state-store.ts';
import { findIncident } from './find.ts';
import { moveIncident, moveSpan, openIncident, resolveIncident, saveSpan } from './record-store.ts';
import { incidentView } from './view.ts';

/** What goes out once the transaction has been committed. */
export type FollowUp = Readonly<{ asks: readonly ConfirmCheck[]; deliveryIds: readonly string[] }>;

export type ApplyDeps = Readonly<{
  events: Pick<EventStore, 'record'>;
  alerts: Readonly<{
    plan: (
      tx: Sql,
      alert: Readonly<{
        organisationId: string;
        incidentId: string;
        event: 'incident.opened' | 'incident.resolved';
        now: number;
      }>,
    ) => Promise<readonly string[]>;
  }>;
}>;

const tell = async (
  { events, alerts }: ApplyDeps,
  tx: Sql,
  { organisationId, monitorId }: Watched,
  incidentId: string | null,
  type: 'incident.opened' | 'incident.updated' | 'incident.resolved',
  now: number,
): Promise<readonly string[]> => {
  const row = incidentId === null ? null : await findIncident(tx, incidentId);
  if (row === null) return [];
  await events.record(tx, { organisationId, monitorId, type, data: incidentView(row) });
  return type === 'incident.updated' ? [] : alerts.plan(tx, { organisationId, incidentId: row.id, event: type, now });
};

/** Stores what one effect means; answers the deliveries that became due by it. */
const store = async (deps: ApplyDeps, tx: Sql, watched: Watched, effect: Effect, now: number) => {
  const { monitorId, organisationId } = watched;
  switch (effect.kind) {
    case 'ask':
      return [];
    case 'span':
      await saveSpan(tx, monitorId, effect, failureCode(effect.failure));
      return [];
    case 'span-moved':
      await moveSpan(tx, monitorId, effect);
      return [];
    case 'opened': {
      const { startedAt, cause, regions } = effect;
      const id = newId();
      await openIncident(tx, { id, organisationId, monitorId, startedAt, cause, regions, openedAt: now });
      return tell(deps, tx, watched, id, 'incident.opened', now);
    }
    case 'moved':
      return tell(deps, tx, watched, await moveIncident(tx, monitorId, effect.startedAt), 'incident.updated', now);
    case 'resolved': {
      const id = await resolveIncident(tx, monitorId, effect.resolvedAt);
      return tell(deps, tx, watched, id, 'incident.resolved', now);
    }
  }
};

const asksOf = (monitorId: string, effects: readonly Effect[]): readonly ConfirmCheck[] =>
  effects.flatMap((effect) => {
    if (effect.kind !== 'ask') return [];
    const { regions, scheduledAt, expiresAt } = effect;
    return regions.map((region) => ({ monitorId, region, trigger: 'confirmation' as const, scheduledAt, expiresAt }));
  });

/** The moment the monitor's status word changed, told by the effect that changed it. */
const changedAt = (effects: readonly Effect[], fallback: number): number => {
  const change = effects.findLast(({ kind }) => kind === 'opened' || kind === 'resolved');
  if (change?.kind === 'opened') return change.startedAt;
  return change?.kind === 'resolved' ? change.resolvedAt : fallback;
};

/**
 * Writes a judged monitor: its state, its spans and incident, their events, and one pending delivery per channel. Part
 * of the caller's transaction. `at` is the check that led here, `now` the worker's clock.
 */
export const applyJudgement = async (
  deps: ApplyDeps,
  tx: Sql,
  { watched, before }: Readonly<{ watched: Watched; before: MonitorState }>,
  [state, effects]: Advance,
  { at, now }: Readonly<{ at: number; now: number }>,
): Promise<FollowUp> => {
  if (state === before) return { asks: [], deliveryIds: [] };
  const since = changedAt(effects, at);
  await saveState(tx, watched, { state, settled: isSettled(state, watched.policy), since });
  const deliveryIds: string[] = [];
  for (const effect of effects) deliveryIds.push(...(await store(deps, tx, watched, effect, now)));
  const status = statusOf(state);
  if (status !== watched.status) {
    const { monitorId, organisationId } = watched;
    const data = { monitorId, status, statusSince: new Date(since).toISOString() };
    await deps.events.record(tx, { organisationId, monitorId, type: 'monitor.status-changed', data });
  }
  return { asks: asksOf(watched.monitorId, effects), deliveryIds };
};
