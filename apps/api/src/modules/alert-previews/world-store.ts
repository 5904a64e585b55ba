import type { Sql } from '../../db.ts';
import type { PolicyRow } from '../escalations/policy-store.ts';
import { policyColumns } from '../escalations/policy-store.ts';
import { type ScheduleRow, scheduleColumns } from '../escalations/schedule-store.ts';
import { scheduleOf } from '../escalations/schedule-view.ts';
import { candidateOf } from '../escalations/store.ts';
import type { WindowStore } from '../maintenance/store.ts';
import { type Child, readAncestors } from './ancestor-store.ts';
import { readIncidents } from './incident-store.ts';
import type { Channel, World } from './world.ts';

const channelsOf = async (sql: Sql, organisationId: string): Promise<readonly Channel[]> => {
  const { rows } = await sql.query<Channel>(
    `SELECT c.id AS "channelId", c.account_id AS "accountId", c.name, c.kind, c.quiet_hours AS "ownQuiet",
       a.quiet_hours AS "personQuiet"
     FROM channel c LEFT JOIN account a ON a.id = c.account_id
     WHERE c.organisation_id = $1 AND c.status = 'active' ORDER BY c.id`,
    [organisationId],
  );
  return rows;
};

const policiesOf = async (sql: Sql, organisationId: string) => {
  const { rows } = await sql.query<PolicyRow>(
    `SELECT ${policyColumns} FROM escalation_policy p WHERE p.organisation_id = $1`,
    [organisationId],
  );
  return rows.map(candidateOf);
};

const schedulesOf = async (sql: Sql, organisationId: string) => {
  const { rows } = await sql.query<ScheduleRow>(
    `SELECT ${scheduleColumns} FROM on_call_schedule WHERE organisation_id = $1`,
    [organisationId],
  );
  return new Map(rows.map((row) => [row.id, scheduleOf(row)]));
};

type Asked = Readonly<{
  organisationId: string;
  since: number;
  most: number;
  /** Whose ancestors alone are read. */
  only?: Child;
}>;

/** Reads it, with at most `most` incidents since `since` (epoch ms). */
export const readWorld = async (
  { windows }: Readonly<{ windows: Pick<WindowStore, 'all'> }>,
  sql: Sql,
  { organisationId, since, most, only }: Asked,
): Promise<World> => ({
  incidents: most === 0 ? [] : await readIncidents(sql, { organisationId, since, most }),
  channels: await channelsOf(sql, organisationId),
  policies: await policiesOf(sql, organisationId),
  schedules: await schedulesOf(sql, organisationId),
  windows: await windows.all(sql, organisationId),
  ancestors: await readAncestors(sql, { organisationId, since }, only ?? null),
});
