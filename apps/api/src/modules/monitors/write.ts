import type { MonitorPatch, NewMonitor } from '@farwatch/contracts';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import { notFound, problem } from '../../plugins/problems.ts';
import { incidentView } from '../incidents/view.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { changedAuth, keepAuth } from './auth.ts';
import { judgedBy, recordChange } from './change-store.ts';
import { askFirstLook } from './first-look.ts';
import { judgeParents } from './parents.ts';
import { asksSomethingElse, type Ground, newSettings, patchedSettings } from './settings.ts';
import type { MonitorRow } from './view.ts';

export type WriteDeps = Pick<
  ModuleDeps,
  | 'db'
  | 'log'
  | 'monitors'
  | 'incidents'
  | 'results'
  | 'regions'
  | 'policies'
  | 'events'
  | 'asker'
  | 'dialRules'
  | 'keyring'
  | 'limits'
>;
export type Owned = Readonly<{ organisationId: string; id: string }>;

/** What a monitor's settings are judged by. Its policy is held until the transaction ends, so that it can't go meanwhile. */
const groundOf = async (
  { regions, policies, dialRules }: WriteDeps,
  tx: Sql,
  { organisationId, id }: Owned,
  policyIds: readonly (string | null | undefined)[],
  parents: readonly string[] = [],
): Promise<Ground> => {
  const wanted = policyIds.filter((id) => typeof id === 'string');
  return {
    regions: (await regions.list(tx)).map(({ id }) => id),
    policies: new Set(await policies.hold(tx, organisationId, wanted)),
    parents: await judgeParents(tx, { organisationId, id }, parents),
    dialRules,
  };
};

/** Reads back what the transaction wrote. */
export const written = async ({ monitors }: WriteDeps, tx: Sql, owned: Owned): Promise<MonitorRow> => {
  const row = await monitors.find(tx, owned);
  if (row === null) throw new Error(`monitor ${owned.id} is gone inside the transaction that wrote it`);
  return row;
};

/** Stores a new monitor and asks for its first look. Throws 400 for settings that can't be, 409 at the limit. */
export const createMonitor = async (
  deps: WriteDeps,
  organisationId: string,
  given: NewMonitor,
): Promise<MonitorRow> => {
  const owned = { organisationId, id: newId() };
  const limit = deps.limits.monitorsPerOrganisation;
  const row = await deps.db.transaction(async (tx) => {
    const ground = await groundOf(deps, tx, owned, [given.policyId], given.parents);
    const settings = newSettings(given, ground, keepAuth(deps.keyring, owned, given.auth ?? null));
    const stored = await deps.monitors.insert(tx, owned, settings, limit);
    if (!stored) throw problem(409, 'monitor-limit', `An organisation can have at most ${limit} monitors.`);
    return written(deps, tx, owned);
  });
  await askFirstLook(deps, row);
  return row;
};

const tellStatus = async ({ events }: WriteDeps, tx: Sql, { organisationId, id }: Owned, change: StatusChange) => {
  const { status, since } = change;
  const data = { monitorId: id, status, statusSince: since.toISOString() };
  await events.record(tx, { organisationId, monitorId: id, type: 'monitor.status-changed', data });
};
type StatusChange = Readonly<{ status: MonitorRow['status'] | 'paused'; since: Date }>;

/**
 * Changes settings. `match` is called with the monitor as it is and may refuse. What no longer holds is forgotten. A patch
 * that depends on how the monitor is, is made when it is held.
 */
export const changeMonitor = async (
  deps: WriteDeps,
  owned: Owned,
  patch: MonitorPatch | ((before: MonitorRow) => MonitorPatch),
  match: (before: MonitorRow) => void,
): Promise<MonitorRow> => {
  const [row, other] = await deps.db.transaction(async (tx) => {
    const before = await deps.monitors.lock(tx, owned);
    if (before === null) throw notFound('monitor');
    match(before);
    const given = typeof patch === 'function' ? patch(before) : patch;
    if (Object.keys(given).length === 0) return [before, false] as const;
    const ground = await groundOf(deps, tx, owned, [before.policyId, given.policyId], given.parents);
    const settings = patchedSettings(before, given, ground, changedAuth(deps.keyring, owned, before, given.auth));
    await deps.monitors.update(tx, owned.id, settings);
    const asksOther = asksSomethingElse(before, settings);
    const now = new Date();
    const was = judgedBy(before);
    if (!asksOther && JSON.stringify(was) !== JSON.stringify(judgedBy(settings))) {
      const status = before.pausedAt === null ? before.status : 'paused';
      await recordChange(tx, owned.id, { kind: 'policy', at: now.getTime(), status, before: was });
    }
    if (asksOther) {
      const { incident } = before.state;
      const status = await deps.monitors.resetState(tx, owned.id, { incident, begins: false, now });
      await deps.incidents.closeSpans(tx, owned.id, now);
      await recordChange(tx, owned.id, { kind: 'changed', at: now.getTime(), status, before: was });
      const told = before.pausedAt === null && status !== before.status;
      if (told) await tellStatus(deps, tx, owned, { status, since: now });
    }
    return [await written(deps, tx, owned), asksOther] as const;
  });
  if (other && row.pausedAt === null) await askFirstLook(deps, row);
  return row;
};

/** Stops looking at a monitor that is held. An open incident ends as paused, and nobody is alerted. */
export const stopLooking = async (deps: WriteDeps, tx: Sql, owned: Owned, now: Date): Promise<void> => {
  await deps.monitors.setPaused(tx, owned.id, now);
  await deps.monitors.resetState(tx, owned.id, { incident: null, begins: true, now });
  await deps.incidents.closeSpans(tx, owned.id, now);
  await recordChange(tx, owned.id, { kind: 'paused', at: now.getTime(), status: 'paused' });
  const ended = await deps.incidents.endAsPaused(tx, owned.id, now);
  if (ended !== null) {
    const { organisationId, id: monitorId } = owned;
    const data = incidentView(ended);
    await deps.events.record(tx, { organisationId, monitorId, type: 'incident.resolved', data });
  }
  await tellStatus(deps, tx, owned, { status: 'paused', since: now });
};

/** Pausing twice is the same as once. */
export const pauseMonitor = (deps: WriteDeps, owned: Owned): Promise<MonitorRow> =>
  deps.db.transaction(async (tx) => {
    const before = await deps.monitors.lock(tx, owned);
    if (before === null) throw notFound('monitor');
    if (before.pausedAt !== null) return before;
    await stopLooking(deps, tx, owned, new Date());
    return written(deps, tx, owned);
  });

/** In the transaction that has it; whether it was paused is the second. */
export const resumeIn = async (deps: WriteDeps, tx: Sql, owned: Owned): Promise<readonly [MonitorRow, boolean]> => {
  const before = await deps.monitors.lock(tx, owned);
  if (before === null) throw notFound('monitor');
  if (before.pausedAt === null) return [before, false];
  const now = new Date();
  await deps.monitors.setPaused(tx, owned.id, null);
  const status = await deps.monitors.resetState(tx, owned.id, { incident: null, begins: true, now });
  await recordChange(tx, owned.id, { kind: 'resumed', at: now.getTime(), status });
  await tellStatus(deps, tx, owned, { status, since: now });
  return [await written(deps, tx, owned), true];
};

/** Looks again, starting now. Resuming what is not paused changes nothing. */
export const resumeMonitor = async (deps: WriteDeps, owned: Owned): Promise<MonitorRow> => {
  const [row, resumed] = await deps.db.transaction((tx) => resumeIn(deps, tx, owned));
  if (resumed) await askFirstLook(deps, row);
  return row;
};
