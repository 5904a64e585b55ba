import { settleMsOf } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import type { PolicyRow } from '../escalations/policy-store.ts';
import { policyColumns } from '../escalations/policy-store.ts';
import { type ScheduleRow, scheduleColumns } from '../escalations/schedule-store.ts';
import { scheduleOf } from '../escalations/schedule-view.ts';
import { candidateOf } from '../escalations/store.ts';
import type { WindowStore } from '../maintenance/store.ts';
import type { Channel, Incident, World } from './world.ts';

type IncidentRow = Omit<
  Incident,
  'monitor' | 'attachment' | 'settleMs' | 'openedAt' | 'resolvedAt' | 'acknowledgedAt'
> &
  Readonly<{
    openedAt: Date;
    resolvedAt: Date | null;
    acknowledgedAt: Date | null;
    intervalMs: number;
    timeoutMs: number;
    monitorId: string;
    monitorName: string;
    tags: readonly string[];
    policyId: string | null;
    because: string | null;
    attachedAt: Date | null;
    partUntil: Date | null;
  }>;

const ms = (date: Date | null): number | null => date?.getTime() ?? null;

const attachmentOf = ({ because, attachedAt, partUntil }: IncidentRow): Incident['attachment'] =>
  because === null || attachedAt === null
    ? null
    : { because: because === 'parent' ? 'parent' : 'shared-cause', from: attachedAt.getTime(), until: ms(partUntil) };

const incidentOf = (row: IncidentRow): Incident => ({
  id: row.id,
  severity: row.severity,
  openedAt: row.openedAt.getTime(),
  resolvedAt: ms(row.resolvedAt),
  acknowledgedAt: ms(row.acknowledgedAt),
  alertAfterMs: row.alertAfterMs,
  settleMs: settleMsOf(row),
  attachment: attachmentOf(row),
  monitor: { id: row.monitorId, name: row.monitorName, tags: row.tags, policyId: row.policyId },
});

/** The newest incidents since a moment that were not learnt too late to be told; newest first. */
const incidentsSince = async (sql: Sql, organisationId: string, since: number, most: number) => {
  const { rows } = await sql.query<IncidentRow>(
    `SELECT i.id, i.severity, i.opened_at AS "openedAt", i.resolved_at AS "resolvedAt",
       i.acknowledged_at AS "acknowledgedAt", m.alert_after_ms AS "alertAfterMs", m.interval_ms AS "intervalMs",
       m.timeout_ms AS "timeoutMs", m.id AS "monitorId",
       m.name AS "monitorName", m.tags, m.policy_id AS "policyId", a.because, a.attached_at AS "attachedAt",
       coalesce(a.ended_at, p.resolved_at) AS "partUntil"
     FROM incident i JOIN monitor m ON m.id = i.monitor_id
     LEFT JOIN incident_attachment a ON a.incident_id = i.id
     LEFT JOIN incident p ON p.id = a.parent_incident_id
     WHERE i.organisation_id = $1 AND i.started_at >= to_timestamp($2::float8 / 1000) AND i.told_at IS NOT NULL
     ORDER BY i.started_at DESC, i.id DESC LIMIT $3`,
    [organisationId, since, most],
  );
  return rows.map(incidentOf);
};

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

/** Reads it, with at most `most` incidents since `since` (epoch ms). */
export const readWorld = async (
  { windows }: Readonly<{ windows: Pick<WindowStore, 'all'> }>,
  sql: Sql,
  { organisationId, since, most }: Readonly<{ organisationId: string; since: number; most: number }>,
): Promise<World> => ({
  incidents: await incidentsSince(sql, organisationId, since, most),
  channels: await channelsOf(sql, organisationId),
  policies: await policiesOf(sql, organisationId),
  schedules: await schedulesOf(sql, organisationId),
  windows: await windows.all(sql, organisationId),
});
