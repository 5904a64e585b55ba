import { nextStart, type Occurrence, occurrenceAt } from '@farwatch/domain';
import type { Db, Sql } from '../../db.ts';
import type { AlertPlanner } from '../alerts/planner.ts';
import { type EventStore, holdEventOrder } from '../events/store.ts';
import type { WindowRow, WindowStore } from './store.ts';
import type { Stretch, StretchStore } from './stretch-store.ts';

export type SettleDeps = Readonly<{
  windows: Pick<WindowStore, 'setDue' | 'due' | 'lockDue'>;
  stretches: StretchStore;
  events: Pick<EventStore, 'record'>;
  alerts: Pick<AlertPlanner, 'reconsider'>;
}>;

/** The next start is looked for this far ahead; when there is none, it is looked for again half that time later. */
const aheadMs = 60 * 86_400_000;
const alwaysMs = 100 * 365 * 86_400_000;

/** When it begins next; one that is for once is known however far away it is. */
export const nextOf = (window: WindowRow, now: number): number | null =>
  nextStart(window, now, window.rule === null ? alwaysMs : aheadMs);

/** When a window is to be looked at next: while it runs, again and again. Null: it was for once and is over. */
const dueOf = (window: WindowRow, running: Occurrence | null, now: number): number | null => {
  if (running !== null) return running.from;
  const next = nextStart(window, now, aheadMs);
  if (next !== null) return next;
  const far = window.rule !== null || nextStart(window, now, alwaysMs) !== null;
  return far ? now + aheadMs / 2 : null;
};

const iso = (at: number): string => new Date(at).toISOString();

const tellBegun = async (
  { events, stretches }: SettleDeps,
  tx: Sql,
  { organisationId, id: windowId, name }: WindowRow,
  begun: readonly Stretch[],
  until: number,
): Promise<void> => {
  const watched = await stretches.watched(
    tx,
    begun.map(({ monitorId }) => monitorId),
  );
  for (const { monitorId, until: since } of begun) {
    const data = { monitorId, windowId, name, until: iso(until) };
    await events.record(tx, { organisationId, monitorId, type: 'maintenance.started', data });
    if (!watched.has(monitorId)) continue;
    const change = { monitorId, status: 'maintenance' as const, statusSince: since.toISOString() };
    await events.record(tx, { organisationId, monitorId, type: 'monitor.status-changed', data: change });
  }
};

const tellEnded = async (
  { events, stretches }: SettleDeps,
  tx: Sql,
  { organisationId, id: windowId, name }: WindowRow,
  ended: readonly Stretch[],
): Promise<void> => {
  for (const { monitorId, until } of ended) {
    const data = { monitorId, windowId, name, until: until.toISOString() };
    await events.record(tx, { organisationId, monitorId, type: 'maintenance.ended', data });
  }
  const ids = ended.map(({ monitorId }) => monitorId);
  for (const { monitorId, status, since } of await stretches.outside(tx, ids)) {
    const data = { monitorId, status, statusSince: since.toISOString() };
    await events.record(tx, { organisationId, monitorId, type: 'monitor.status-changed', data });
  }
};

/**
 * Makes a window's stretches what its rule says they are at `now`, tells the event stream of every monitor that came into
 * it or out of it, and has alerting look again at what was silent because of it. The caller holds the window's row, or is
 * about to delete it (`over`).
 */
export const settleWindow = async (deps: SettleDeps, tx: Sql, window: WindowRow, now: number, over = false) => {
  const { windows, stretches, alerts } = deps;
  const running = over ? null : occurrenceAt(window, now);
  if (await stretches.differ(tx, window.id, running)) {
    await holdEventOrder(tx);
    const ended = await stretches.end(tx, window.id, running, now);
    const begun = running === null ? [] : await stretches.begin(tx, window.id, running, now);
    await tellEnded(deps, tx, window, ended);
    if (running !== null) await tellBegun(deps, tx, window, begun, running.until);
    if (ended.length > 0) await alerts.reconsider(tx, { organisationId: window.organisationId, now });
  }
  if (!over) await windows.setDue(tx, window.id, dueOf(window, running, now));
};

/** At most this many in one sweep; the next one is a moment away. */
const maxPerSweep = 500;

/**
 * Begins and ends what is due, one transaction each: a sweep over a column, so that a killed worker leaves nothing undone.
 * Where more are due than one sweep takes, the next one goes on behind them, so that each has its turn.
 */
export const sweepMaintenance = (
  deps: SettleDeps & Readonly<{ db: Pick<Db, 'sql' | 'transaction'>; onError: (error: unknown) => void }>,
) => {
  let after: string | null = null;
  return async (now: number): Promise<number> => {
    const ids: readonly string[] = await deps.windows.due(deps.db.sql, { now, limit: maxPerSweep, after });
    after = ids.length < maxPerSweep ? null : (ids.at(-1) ?? null);
    for (const id of ids) {
      try {
        await deps.db.transaction(async (tx) => {
          const window = await deps.windows.lockDue(tx, id, now);
          if (window !== null) await settleWindow(deps, tx, window, now);
        });
      } catch (error) {
        deps.onError(error); // one that can't be settled keeps the others from nothing
      }
    }
    return ids.length;
  };
};
