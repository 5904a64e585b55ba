import type { BodyOf, NewPolicy, PolicyView, updatePolicy } from '@farwatch/contracts';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import { notFound, problem } from '../../plugins/problems.ts';
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

/** Stores a policy. Throws 400 for one that can't be, 409 at the limit. */
export const createPolicy = (deps: PolicyDeps, organisationId: string, given: NewPolicy): Promise<PolicyRow> =>
  deps.db.transaction(async (tx) => {
    await lockOrganisation(tx, organisationId);
    const settings: PolicySettings = { ...defaults, ...given };
    await judge(deps, tx, organisationId, given);
    if (settings.isDefault) await deps.policies.clearDefault(tx, organisationId);
    const owned = { organisationId, id: newId() };
    const limit = deps.limits.policiesPerOrganisation;
    if (!(await deps.policies.insert(tx, owned, settings, limit)))
      throw problem(409, 'policy-limit', `An organisation can have at most ${limit} escalation policies.`);
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
    const after = await deps.policies.find(tx, owned);
    if (after === null) throw notFound('escalation policy'); // deleted meanwhile: that takes no lock on the organisation
    return after;
  });
