import type { MaintenanceWindowPatch, NewMaintenanceWindow } from '@farwatch/contracts';
import { occurrenceAt } from '@farwatch/domain';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import { notFound, type ProblemError, problem } from '../../plugins/problems.ts';
import { lockOrganisation } from '../escalations/lock-organisation.ts';
import { refuse } from '../escalations/references.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { normalStart, scopeFaults, timeFaults } from './faults.ts';
import { settleWindow } from './settle.ts';
import type { WindowRow, WindowSettings } from './store.ts';

export type WindowDeps = Pick<ModuleDeps, 'db' | 'windows' | 'stretches' | 'events' | 'alerts' | 'limits'>;
type Owned = Readonly<{ organisationId: string; id: string }>;

/** Only what is set now must exist: a monitor that went stays named where it was. */
const judged = async <G extends MaintenanceWindowPatch>(tx: Sql, organisationId: string, given: G): Promise<G> => {
  refuse([...timeFaults(given), ...(await scopeFaults(tx, organisationId, given.appliesTo))]);
  const startsAt = given.startsAt === undefined ? null : normalStart(given.startsAt);
  return startsAt === null ? given : { ...given, startsAt };
};

/** What it now means, right away: a window that begins in the past is running. */
const settled = async (deps: WindowDeps, tx: Sql, owned: Owned, now: number): Promise<WindowRow> => {
  const row = await deps.windows.lock(tx, owned);
  if (row === null) throw new Error(`window ${owned.id} is gone inside the transaction that wrote it`);
  await settleWindow(deps, tx, row, now);
  return row;
};

const atLimit = (limit: number): ProblemError =>
  problem(409, 'window-limit', `An organisation can have at most ${limit} maintenance windows.`);

/** Stores a window. Throws 400 for one that can't be, 409 at the limit. */
export const createWindow = (deps: WindowDeps, organisationId: string, given: NewMaintenanceWindow, now: number) =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    const defaults = { note: null, rule: null, countsAs: 'excluded' } as const;
    const settings: WindowSettings = { ...defaults, ...(await judged(tx, organisationId, given)) };
    const limit = deps.limits.windowsPerOrganisation;
    const owned = { organisationId, id: newId() };
    if (!(await deps.windows.insert(tx, owned, settings, limit))) throw atLimit(limit);
    return settled(deps, tx, owned, now);
  });

const locked = async ({ windows }: WindowDeps, tx: Sql, owned: Owned): Promise<WindowRow> => {
  await lockOrganisation(tx, owned.organisationId);
  const row = await windows.lock(tx, owned);
  if (row === null) throw notFound('maintenance window');
  return row;
};

/** Changes a window. `match` is called with it as it is and may refuse. */
export const changeWindow = (
  deps: WindowDeps,
  owned: Owned,
  given: MaintenanceWindowPatch,
  match: (before: WindowRow) => void,
  now: number,
): Promise<WindowRow> =>
  deps.db.transaction(async (tx) => {
    const before = await locked(deps, tx, owned);
    match(before);
    if (Object.keys(given).length === 0) return before;
    const settings: WindowSettings = { ...before, ...(await judged(tx, owned.organisationId, given)) };
    await deps.windows.update(tx, owned.id, settings);
    const after = await settled(deps, tx, owned, now);
    await deps.alerts.reconsider(tx, { organisationId: owned.organisationId, now });
    return after;
  });

/** Ends what is running. Throws 409 when nothing is. */
export const endWindow = (deps: WindowDeps, owned: Owned, now: number): Promise<WindowRow> =>
  deps.db.transaction(async (tx) => {
    const before = await locked(deps, tx, owned);
    if (occurrenceAt(before, now) === null)
      throw problem(409, 'window-not-running', 'Nothing of this maintenance window is running now.');
    await deps.windows.cut(tx, owned.id, now);
    return settled(deps, tx, owned, now);
  });

/**
 * Takes back the last end by hand. What was between stays a fact: it runs on from now, to the end that it had. Throws 409
 * when nothing was ended, or when that end is over.
 */
export const resumeWindow = (deps: WindowDeps, owned: Owned, now: number): Promise<WindowRow> =>
  deps.db.transaction(async (tx) => {
    const before = await locked(deps, tx, owned);
    const cut = before.cuts.length === 0 ? null : Math.max(...before.cuts);
    const after = occurrenceAt({ ...before, cuts: before.cuts.filter((at) => at !== cut) }, now);
    if (cut === null || after?.until === occurrenceAt(before, now)?.until)
      throw problem(409, 'window-not-ended', 'Nothing that was ended by hand would still be running.');
    await deps.windows.uncut(tx, owned.id, cut);
    return settled(deps, tx, owned, now);
  });

/** Deletes a window; what runs of it ends now, and what has been stays a fact. */
export const deleteWindow = (deps: WindowDeps, owned: Owned, now: number): Promise<void> =>
  deps.db.transaction(async (tx) => {
    const before = await locked(deps, tx, owned);
    await settleWindow(deps, tx, before, now, true);
    await deps.windows.remove(tx, owned);
  });

/** Brings a deleted window back as it was; if its time is now, it runs on from now. */
export const restoreWindow = (deps: WindowDeps, owned: Owned, now: number): Promise<WindowRow> =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, owned.organisationId);
    const limit = deps.limits.windowsPerOrganisation;
    const back = await deps.windows.bringBack(tx, owned, limit);
    if (back === null) throw notFound('maintenance window');
    if (!back) throw atLimit(limit);
    return settled(deps, tx, owned, now);
  });
