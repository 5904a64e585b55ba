import type { Decision, Failure, Stretch, Witness } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { binder, instant, keyset, type Position, type Range } from '../../keyset.ts';
import type { JudgedBy, WatchChange } from '../monitors/change-store.ts';

export type ChangeRow = Readonly<{
  kind: Decision['kind'] | WatchChange;
  at: Date;
  decidedAt: Date;
  status: Decision['status'] | 'paused' | 'unknown';
  witnesses: readonly Witness[];
  policyBefore: JudgedBy | null;
}>;
export type SpanRecordRow = Readonly<{
  monitorId: string;
  monitorName: string;
  region: string;
  code: string;
  failure: Failure;
  startedAt: Date;
  lastSeenAt: Date;
  endedAt: Date | null;
}>;
export type SpanFilter = Range &
  Readonly<{
    organisationId: string;
    monitorId: string | null;
    codes: readonly string[] | null;
    regions: readonly string[] | null;
  }>;
type Part = Readonly<{ position: Position | null; rows: number }>;

const changesOrder = {
  columns: [
    { sql: 'c.decided_at', type: 'timestamptz' },
    { sql: 'c.kind', type: 'text' },
  ],
  descending: true,
} as const;
const spansOrder = {
  columns: [
    { sql: 's.started_at', type: 'timestamptz' },
    { sql: 's.monitor_id', type: 'uuid' },
    { sql: 's.region', type: 'text' },
  ],
  descending: true,
} as const;

const listChanges = async (sql: Sql, monitorId: string, range: Range, { position, rows: count }: Part) => {
  const b = binder();
  const { where, orderBy } = keyset(changesOrder, position, b);
  const conditions = [`c.monitor_id = ${b.bind(monitorId)}`, where];
  if (range.from !== null) conditions.push(`c.decided_at >= ${instant(b.bind, range.from)}`);
  if (range.to !== null) conditions.push(`c.decided_at < ${instant(b.bind, range.to)}`);
  const { rows } = await sql.query<ChangeRow>(
    `SELECT c.kind, c.at, c.decided_at AS "decidedAt", c.status, c.witnesses, c.policy_before AS "policyBefore" FROM monitor_change c
     WHERE ${conditions.join(' AND ')} ORDER BY ${orderBy} LIMIT ${b.bind(count)}`,
    b.values,
  );
  return rows;
};

const listSpans = async (sql: Sql, filter: SpanFilter, { position, rows: count }: Part) => {
  const b = binder();
  const { where, orderBy } = keyset(spansOrder, position, b);
  const conditions = [`m.organisation_id = ${b.bind(filter.organisationId)}`, where];
  if (filter.monitorId !== null) conditions.push(`s.monitor_id = ${b.bind(filter.monitorId)}`);
  if (filter.codes !== null) conditions.push(`s.code = ANY(${b.bind(filter.codes)}::text[])`);
  if (filter.regions !== null) conditions.push(`s.region = ANY(${b.bind(filter.regions)}::text[])`);
  if (filter.from !== null)
    conditions.push(`coalesce(s.ended_at, 'infinity'::timestamptz) > ${instant(b.bind, filter.from)}`);
  if (filter.to !== null) conditions.push(`s.started_at < ${instant(b.bind, filter.to)}`);
  const { rows } = await sql.query<SpanRecordRow>(
    `SELECT s.monitor_id AS "monitorId", m.name AS "monitorName", s.region, s.code, s.failure,
       s.started_at AS "startedAt", s.last_seen_at AS "lastSeenAt", s.ended_at AS "endedAt"
     FROM span s JOIN monitor m ON m.id = s.monitor_id
     WHERE ${conditions.join(' AND ')} ORDER BY ${orderBy} LIMIT ${b.bind(count)}`,
    b.values,
  );
  return rows;
};

type StretchRow = { monitorId: string; from: number; until: number | null };
const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
const byMonitor = (rows: readonly StretchRow[], now: number): ReadonlyMap<string, readonly Stretch[]> =>
  Map.groupBy(
    rows.map(({ until, ...row }) => ({ ...row, until: until ?? now })),
    ({ monitorId }) => monitorId,
  );

/** When monitors were down in a range. Incidents that were taken back are none. */
const downIn = async (sql: Sql, monitorIds: readonly string[], { from, until }: Stretch) => {
  const { rows } = await sql.query<StretchRow>(
    `SELECT monitor_id AS "monitorId", ${ms('started_at')} AS from, ${ms('resolved_at')} AS until FROM incident
     WHERE monitor_id = ANY($1::uuid[]) AND severity = 'down' AND coalesce(end_reason, 'recovered') <> 'withdrawn'
       AND started_at < to_timestamp($3::float8 / 1000)
       AND coalesce(resolved_at, 'infinity'::timestamptz) > to_timestamp($2::float8 / 1000)`,
    [monitorIds, from, until],
  );
  return byMonitor(rows, until);
};

/**
 * When nobody could know in a range: before the first answer, while paused, while no region was alive. Watching changes
 * are few, and the one before the range says how it began.
 */
const unknownIn = async (sql: Sql, monitorIds: readonly string[], { until }: Stretch) => {
  const { rows } = await sql.query<StretchRow>(
    `WITH edge AS (
       SELECT m.id, m.created_at AS at, true AS blind FROM monitor m WHERE m.id = ANY($1::uuid[])
       UNION ALL
       SELECT m.id, f.at, false FROM unnest($1::uuid[]) AS m(id) CROSS JOIN LATERAL (
         SELECT c.at FROM monitor_change c WHERE c.monitor_id = m.id AND c.kind IN ('first-good', 'opened')
         ORDER BY c.decided_at LIMIT 1) AS f
       UNION ALL
       SELECT c.monitor_id, c.at, c.kind IN ('paused', 'unknown') FROM monitor_change c
       WHERE c.monitor_id = ANY($1::uuid[]) AND c.kind IN ('paused', 'resumed', 'unknown', 'known')),
     next AS (SELECT id, at, blind, lead(at) OVER (PARTITION BY id ORDER BY at) AS until FROM edge)
     SELECT id AS "monitorId", ${ms('at')} AS from, ${ms('until')} AS until FROM next WHERE blind`,
    [monitorIds],
  );
  return byMonitor(rows, until);
};

/** What was decided about monitors, when their failures ran, and what of their time is known. */
export const historyStore = () => ({ listChanges, listSpans, downIn, unknownIn });
export type HistoryStore = ReturnType<typeof historyStore>;
