import { SealError } from '../../keyring.ts';
import { notFound, problem } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { carryAuth } from './auth.ts';
import { askFirstLook } from './first-look.ts';
import { bringBack, bury, findBuried, isOverdue, openLimbo, overdue } from './limbo-store.ts';
import type { MonitorRow } from './view.ts';
import { type Owned, resumeIn, stopLooking, type WriteDeps, written } from './write.ts';

/** A log-in that can't be opened any more holds up no deletion; if the monitor comes back, it has to be entered again. */
const carriedAway = ({ keyring }: WriteDeps, owned: Owned, sealed: string | null, to: string): string | null => {
  try {
    return carryAuth(keyring, owned, sealed, { id: owned.id, organisationId: to });
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
};

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
    const authSealed = carriedAway(deps, owned, before.authSealed, to);
    await bury(tx, { id, to }, { authSealed }, now);
  });

/** Brings a deleted monitor back as it was: one that was looked at is looked at again, starting now. */
export const restoreMonitor = async (deps: WriteDeps, owned: Owned): Promise<MonitorRow> => {
  const { id, organisationId } = owned;
  const limit = deps.limits.monitorsPerOrganisation;
  const [row, resumed] = await deps.db.transaction(async (tx) => {
    const buried = await findBuried(tx, owned);
    if (buried === null) throw notFound('monitor');
    const from = buried.limboId;
    const authSealed = carryAuth(deps.keyring, { id, organisationId: from }, buried.authSealed, owned);
    const back = await bringBack(tx, { id, to: organisationId }, { authSealed }, limit);
    if (!back) throw problem(409, 'monitor-limit', `An organisation can have at most ${limit} monitors.`);
    const wasWatched = buried.pausedAt?.getTime() === buried.deletedAt.getTime();
    return wasWatched ? resumeIn(deps, tx, owned) : ([await written(deps, tx, owned), false] as const);
  });
  if (resumed) await askFirstLook(deps, row);
  return row;
};

const atOnce = 50;
/** In one round: what is more waits for the next. */
const mostAtOnce = 5_000;

type ForgetDeps = Pick<ModuleDeps, 'db' | 'monitors' | 'results'>;

/** False when it was brought back meanwhile. */
const forgetOne = ({ db, monitors, results }: ForgetDeps, id: string): Promise<boolean> =>
  db.transaction(async (tx) => {
    if (!(await isOverdue(tx, id))) return false;
    await results.forget(tx, id);
    await monitors.remove(tx, id);
    return true;
  });

/** Forgets monitors that were deleted long enough ago. Their results can no longer be read, and go with their day. */
export const forgetDeleted = async (deps: ForgetDeps): Promise<number> => {
  let forgotten = 0;
  for (let looked = 0; looked < mostAtOnce; looked += atOnce) {
    const ids = await overdue(deps.db.sql, atOnce);
    for (const id of ids) if (await forgetOne(deps, id)) forgotten++;
    if (ids.length < atOnce) break;
  }
  return forgotten;
};
