import { notFound, problem } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { carryAuth } from './auth.ts';
import { bringBack, bury, findBuried, openLimbo, overdue } from './limbo-store.ts';
import type { MonitorRow } from './view.ts';
import { type Owned, resumeMonitor, stopLooking, type WriteDeps, written } from './write.ts';

/** Takes a monitor away at once, with its log and its incidents. For a day it can be brought back; then it is forgotten. */
export const deleteMonitor = (deps: WriteDeps, owned: Owned): Promise<void> =>
  deps.db.transaction(async (tx) => {
    const before = await deps.monitors.lock(tx, owned);
    if (before === null) throw notFound('monitor');
    const now = new Date();
    const { id, organisationId } = owned;
    await deps.events.forget(tx, organisationId, id);
    if (before.pausedAt === null) await stopLooking(deps, tx, owned, now);
    const to = await openLimbo(tx, organisationId);
    const authSealed = carryAuth(deps.keyring, owned, before.authSealed, { id, organisationId: to });
    await bury(tx, { id, to }, { authSealed }, now);
  });

/** Brings a deleted monitor back as it was: one that was looked at is looked at again, starting now. */
export const restoreMonitor = async (deps: WriteDeps, owned: Owned): Promise<MonitorRow> => {
  const { id, organisationId } = owned;
  const limit = deps.limits.monitorsPerOrganisation;
  const [row, wasWatched] = await deps.db.transaction(async (tx) => {
    const buried = await findBuried(tx, owned);
    if (buried === null) throw notFound('monitor');
    const from = buried.limboId;
    const authSealed = carryAuth(deps.keyring, { id, organisationId: from }, buried.authSealed, owned);
    const back = await bringBack(tx, { id, to: organisationId }, { authSealed }, limit);
    if (!back) throw problem(409, 'monitor-limit', `An organisation can have at most ${limit} monitors.`);
    return [await written(deps, tx, owned), buried.pausedAt?.getTime() === buried.deletedAt.getTime()] as const;
  });
  return wasWatched ? resumeMonitor(deps, owned) : row;
};

const atOnce = 50;

/** Forgets monitors that were deleted long enough ago. Their results can no longer be read, and go with their day. */
export const forgetDeleted = async ({
  db,
  monitors,
  results,
}: Pick<ModuleDeps, 'db' | 'monitors' | 'results'>): Promise<number> => {
  const ids = await overdue(db.sql, atOnce);
  for (const id of ids)
    await db.transaction(async (tx) => {
      await results.forget(tx, id);
      await monitors.remove(tx, id);
    });
  return ids.length;
};
