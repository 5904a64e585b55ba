import type { PreviewedPolicy } from '@farwatch/contracts';
import { policyOf } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { parentVerdicts } from '../monitors/parents.ts';
import { parentFaults, refuse, timeoutFaults } from '../monitors/settings.ts';
import type { MonitorRow } from '../monitors/view.ts';
import type { Previewed } from './preview.ts';

type Asked = Omit<Previewed, 'stillTime'>;

/** A monitor as it is, and as it is tried. Throws 400 for a timeout that could not be saved either. */
export const previewedOf = (row: MonitorRow, body: PreviewedPolicy): Asked => {
  const { id, organisationId, name, policy, createdAt } = row;
  const { regions, tags, policyId, alertAfterMs, intervalMs, timeoutMs, parents, ...judged } = body;
  const watched = {
    regions: regions ?? row.regions,
    intervalMs: intervalMs ?? row.intervalMs,
    timeoutMs: timeoutMs ?? row.timeoutMs,
  };
  refuse(timeoutFaults(watched));
  const told = { tags: row.tags, policyId: row.policyId, alertAfterMs: row.alertAfterMs };
  const wanted = {
    tags: tags ?? told.tags,
    policyId: policyId === undefined ? told.policyId : policyId,
    alertAfterMs: alertAfterMs ?? told.alertAfterMs,
    policy: policyOf({ ...policy, ...judged }, watched),
  };
  const present = { ...told, policy: policyOf(policy, row) };
  return { id, organisationId, name, createdAt, present, wanted, parents: parents ?? null };
};

/** Throws 400 for parents that could not be saved either. */
export const refuseParents = async (sql: Sql, { id, organisationId, parents }: Asked): Promise<void> => {
  if (parents === null) return;
  refuse(parentFaults(parents, await parentVerdicts(sql, { organisationId, id }, parents)));
};
