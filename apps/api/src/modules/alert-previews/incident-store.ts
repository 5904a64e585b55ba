import type { PastDeed, PastIncident, PastShare } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import type { Incident } from './world.ts';

type IncidentRow = Pick<Incident, 'id' | 'monitorId' | 'severity' | 'alertAfterMs' | 'intervalMs' | 'timeoutMs'> &
  Readonly<{
    openedAt: Date;
    toldAt: Date;
    overAt: Date | null;
    resolvedAt: Date | null;
    ended: PastIncident['ended'];
    monitorName: string;
    tags: readonly string[];
    policyId: string | null;
    shareId: string | null;
    because: PastShare['because'] | null;
    shareOpenedAt: Date | null;
    shareUntil: Date | null;
  }>;
type DeedRow = Readonly<{ incidentId: string; kind: PastDeed['kind']; at: Date; until: Date | null }>;

const ms = (date: Date | null): number | null => date?.getTime() ?? null;

const shareOf = ({ shareId, because, shareOpenedAt, shareUntil }: IncidentRow): PastShare | null =>
  shareId === null || because === null || shareOpenedAt === null
    ? null
    : { incidentId: shareId, because, openedAt: shareOpenedAt.getTime(), until: ms(shareUntil) };

const deedOf = ({ kind, at, until }: DeedRow): PastDeed =>
  kind === 'snoozed' ? { kind, at: at.getTime(), until: ms(until) } : { kind, at: at.getTime() };

const incidentOf = (row: IncidentRow, deeds: readonly PastDeed[]): Incident => {
  const { id, monitorId, severity, alertAfterMs, intervalMs, timeoutMs, ended } = row;
  return {
    ...{ id, monitorId, severity, alertAfterMs, intervalMs, timeoutMs, ended, deeds, share: shareOf(row) },
    ...{ openedAt: row.openedAt.getTime(), toldAt: row.toldAt.getTime(), overAt: ms(row.overAt) },
    resolvedAt: ms(row.resolvedAt),
    monitor: { id: monitorId, name: row.monitorName, tags: row.tags, policyId: row.policyId },
  };
};

/** What people did about these incidents, oldest first. */
const deedsOf = async (sql: Sql, incidentIds: readonly string[]) => {
  const { rows } = await sql.query<DeedRow>(
    `SELECT incident_id AS "incidentId", kind, created_at AS at, snoozed_until AS "until" FROM incident_comment
     WHERE incident_id = ANY($1::uuid[]) AND kind IN ('acknowledged', 'unacknowledged', 'snoozed')
     ORDER BY created_at, id`,
    [incidentIds],
  );
  return Map.groupBy(rows, ({ incidentId }) => incidentId);
};

/** The newest incidents since a moment that were not learnt too late to be told; newest first. */
export const readIncidents = async (
  sql: Sql,
  { organisationId, since, most }: Readonly<{ organisationId: string; since: number; most: number }>,
): Promise<readonly Incident[]> => {
  const { rows } = await sql.query<IncidentRow>(
    `SELECT i.id, i.monitor_id AS "monitorId", i.severity, i.opened_at AS "openedAt", i.told_at AS "toldAt",
       coalesce(i.end_told_at, i.resolved_at) AS "overAt", i.resolved_at AS "resolvedAt",
       CASE WHEN i.resolved_at IS NULL THEN NULL WHEN i.end_told_at IS NULL THEN 'paused' ELSE 'recovered' END AS ended,
       m.alert_after_ms AS "alertAfterMs", m.interval_ms AS "intervalMs", m.timeout_ms AS "timeoutMs",
       m.name AS "monitorName", m.tags, m.policy_id AS "policyId", a.parent_incident_id AS "shareId", a.because,
       p.opened_at AS "shareOpenedAt", coalesce(a.ended_at, p.end_told_at, p.resolved_at) AS "shareUntil"
     FROM incident i JOIN monitor m ON m.id = i.monitor_id
     LEFT JOIN incident_attachment a ON a.incident_id = i.id AND a.because <> 'parent'
     LEFT JOIN incident p ON p.id = a.parent_incident_id
     WHERE i.organisation_id = $1 AND i.started_at >= to_timestamp($2::float8 / 1000) AND i.told_at IS NOT NULL
     ORDER BY i.started_at DESC, i.id DESC LIMIT $3`,
    [organisationId, since, most],
  );
  const deeds =
    rows.length === 0
      ? new Map<string, DeedRow[]>()
      : await deedsOf(
          sql,
          rows.map(({ id }) => id),
        );
  return rows.map((row) => incidentOf(row, (deeds.get(row.id) ?? []).map(deedOf)));
};
