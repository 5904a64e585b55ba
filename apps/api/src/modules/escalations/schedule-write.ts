import type { BodyOf, NewSchedule, updateSchedule } from '@farwatch/contracts';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import { notFound, type ProblemError, problem } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { lockOrganisation } from './lock-organisation.ts';
import { danglingReferences, type ReferenceDeps, refuse } from './references.ts';
import { normalOverrides, peopleOf, scheduleFaults } from './schedule-faults.ts';
import type { ScheduleRow } from './schedule-store.ts';

export type ScheduleDeps = Pick<ModuleDeps, 'db' | 'policies' | 'limits'> & ReferenceDeps;
type Owned = Readonly<{ organisationId: string; id: string }>;

/** What is set now, judged. Somebody who left may stay named where they were; only who is set now must be a member. */
const judged = async <G extends Partial<NewSchedule>>(
  deps: ScheduleDeps,
  tx: Sql,
  organisationId: string,
  given: G,
) => {
  const settings = given.overrides === undefined ? given : { ...given, overrides: normalOverrides(given.overrides) };
  const strangers = await danglingReferences(deps, tx, organisationId, peopleOf(settings));
  refuse([...scheduleFaults(settings), ...strangers]);
  return settings;
};

const atLimit = (limit: number): ProblemError =>
  problem(409, 'schedule-limit', `An organisation can have at most ${limit} schedules.`);

/** Stores a schedule. Throws 400 for one that can't be, 409 at the limit. */
export const createSchedule = (deps: ScheduleDeps, organisationId: string, given: NewSchedule): Promise<ScheduleRow> =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    const settings = { overrides: [], ...(await judged(deps, tx, organisationId, given)) };
    const limit = deps.limits.schedulesPerOrganisation;
    const row = await deps.schedules.insert(tx, { organisationId, id: newId() }, settings, limit);
    if (row === null) throw atLimit(limit);
    return row;
  });

/** Changes a schedule. `match` is called with it as it is and may refuse. */
export const changeSchedule = (
  deps: ScheduleDeps,
  owned: Owned,
  given: BodyOf<typeof updateSchedule>,
  match: (before: ScheduleRow) => void,
): Promise<ScheduleRow> =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, owned.organisationId);
    const before = await deps.schedules.find(tx, owned);
    if (before === null) throw notFound('on-call schedule');
    match(before);
    if (Object.keys(given).length === 0) return before;
    const settings = { ...before, ...(await judged(deps, tx, owned.organisationId, given)) };
    return deps.schedules.update(tx, owned.id, settings);
  });

/** Throws 409 while a policy tells whoever is on call by it: that step would reach nobody. */
export const deleteSchedule = (deps: ScheduleDeps, owned: Owned): Promise<void> =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, owned.organisationId);
    const user = await deps.policies.usingSchedule(tx, owned.organisationId, owned.id);
    if (user !== null)
      throw problem(409, 'schedule-in-use', `The escalation policy “${user.name}” uses this schedule.`);
    if (!(await deps.schedules.remove(tx, owned))) throw notFound('on-call schedule');
  });

/** Brings a deleted schedule back as it was. */
export const restoreSchedule = (deps: ScheduleDeps, owned: Owned): Promise<ScheduleRow> =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, owned.organisationId);
    const limit = deps.limits.schedulesPerOrganisation;
    const back = await deps.schedules.bringBack(tx, owned, limit);
    if (back === false) throw atLimit(limit);
    const row = back === null ? null : await deps.schedules.find(tx, owned);
    if (row === null) throw notFound('on-call schedule');
    return row;
  });
