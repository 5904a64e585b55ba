import type { BodyOf, NewPolicy, PolicyView, updatePolicy } from '@farwatch/contracts';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import { notFound, type ProblemError, problem } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { lockOrganisation } from './lock-organisation.ts';
import type { PolicyRow, PolicySettings } from './policy-store.ts';
import { danglingReferences, type ReferenceDeps, referencesOf, refuse } from './references.ts';

export type PolicyDeps = Pick<ModuleDeps, 'db' | 'policies' | 'limits'> & ReferenceDeps;
type Owned = Readonly<{ organisationId: string; id: string }>;

export const policyView = (row: PolicyRow): PolicyView => ({
  id: row.id,
  name: row.name,
  isDefault: row.isDefault,
  tags: [...row.tags],
  steps: row.steps,
  repeatTimes: row.repeatTimes,
  repeatAfterMs: row.repeatAfterMs,
  remindEveryMs: row.remindEveryMs,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

const defaults = {
  isDefault: false,
  tags: [],
  repeatTimes: 0,
  repeatAfterMs: 0,
  remindEveryMs: null,
} as const;

/** What was deleted since it was set may stay named; only what is set now must exist. */
const judge = async (
  deps: PolicyDeps,
  tx: Sql,
  organisationId: string,
  { steps = [] }: Partial<NewPolicy>,
): Promise<void> => refuse(await danglingReferences(deps, tx, organisationId, referencesOf(steps)));

const written = async ({ policies }: PolicyDeps, tx: Sql, owned: Owned): Promise<PolicyRow> => {
  const row = await policies.find(tx, owned);
  if (row === null) throw new Error(`policy ${owned.id} is gone inside the transaction that wrote it`);
  return row;
};

const atLimit = (limit: number): ProblemError =>
  problem(409, 'policy-limit', `An organisation can have at most ${limit} escalation policies.`);

/** Stores a policy. Throws 400 for one that can't be, 409 at the limit. */
export const createPolicy = (deps: PolicyDeps, organisationId: string, given: NewPolicy): Promise<PolicyRow> =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    const settings: PolicySettings = { ...defaults, ...given };
    await judge(deps, tx, organisationId, given);
    if (settings.isDefault) await deps.policies.clearDefault(tx, organisationId);
    const owned = { organisationId, id: newId() };
    const limit = deps.limits.policiesPerOrganisation;
    if (!(await deps.policies.insert(tx, owned, settings, limit))) throw atLimit(limit);
    return written(deps, tx, owned);
  });

/** Changes a policy; open incidents keep theirs. `match` is called with the policy as it is and may refuse. */
export const changePolicy = (
  deps: PolicyDeps,
  owned: Owned,
  given: BodyOf<typeof updatePolicy>,
  match: (before: PolicyRow) => void,
): Promise<PolicyRow> =>
  deps.db.transaction(async (tx) => {
    const { organisationId } = owned;
    await lockOrganisation(tx, organisationId);
    const before = await deps.policies.find(tx, owned);
    if (before === null) throw notFound('escalation policy');
    match(before);
    if (Object.keys(given).length === 0) return before;
    const settings: PolicySettings = { ...before, ...given };
    await judge(deps, tx, organisationId, given);
    if (settings.isDefault && !before.isDefault) await deps.policies.clearDefault(tx, organisationId);
    await deps.policies.update(tx, owned.id, settings);
    return written(deps, tx, owned);
  });

/** Deletes a policy, and remembers for a day which monitors named it. */
export const deletePolicy = (deps: PolicyDeps, owned: Owned): Promise<void> =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, owned.organisationId);
    if (!(await deps.policies.remove(tx, owned))) throw notFound('escalation policy');
  });

/** Throws 409 when a schedule went meanwhile: a step that tells whoever is on call by it would reach nobody. */
const requireSchedules = async (deps: PolicyDeps, tx: Sql, organisationId: string, row: PolicyRow): Promise<void> => {
  const schedules = referencesOf(row.steps).filter(({ kind }) => kind === 'schedule');
  if ((await danglingReferences(deps, tx, organisationId, schedules)).length === 0) return;
  throw problem(409, 'schedule-gone', 'A step tells by an on-call schedule that is deleted. Bring that back first.');
};

/** Brings a deleted policy back, and gives it to the monitors that had it and were given no other since. */
export const restorePolicy = (deps: PolicyDeps, owned: Owned): Promise<PolicyRow> =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, owned.organisationId);
    const limit = deps.limits.policiesPerOrganisation;
    const back = await deps.policies.bringBack(tx, owned, limit);
    if (back === null) throw notFound('escalation policy');
    if (!back) throw atLimit(limit);
    const row = await written(deps, tx, owned);
    await requireSchedules(deps, tx, owned.organisationId, row);
    return row;
  });
