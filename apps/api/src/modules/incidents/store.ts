import type { Sql } from '../../db.ts';
import { binder, instant, keyset, type Position, type Range } from '../../keyset.ts';
import { type IncidentRow, incidentColumns, type SpanRow } from './view.ts';

export type IncidentFilter = Range &
  Readonly<{ organisationId: string; monitorId: string | null; statuses: readonly ('open' | 'resolved')[] | null }>;

const newestFirst = {
  columns: [
    { sql: 'i.started_at', type: 'timestamptz' },
    { sql: 'i.id', type: 'uuid' },
  ],
  descending: true,
} as const;
const from = 'FROM incident i JOIN monitor m ON m.id = i.monitor_id';

/** The read side of incidents, as an organisation sees its own; the judgement writes them. */
export const incidentStore = () => ({
  find: async (sql: Sql, { organisationId, id }: { organisationId: string; id: string }) => {
    const { rows } = await sql.query<IncidentRow>(
      `SELECT ${incidentColumns} ${from} WHERE i.organisation_id = $1 AND i.id = $2`,
      [organisationId, id],
    );
    return rows[0] ?? null;
  },

  /** Newest start first; up to `rows` rows, backwards for a page before a position. The range is one of starts. */
  list: async (
    sql: Sql,
    filter: IncidentFilter,
    { position, rows: count }: Readonly<{ position: Position | null; rows: number }>,
  ): Promise<readonly IncidentRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(newestFirst, position, b);
    const conditions = [`i.organisation_id = ${b.bind(filter.organisationId)}`, where];
    if (filter.monitorId !== null) conditions.push(`i.monitor_id = ${b.bind(filter.monitorId)}`);
    if (filter.statuses !== null) {
      const state = `CASE WHEN i.resolved_at IS NULL THEN 'open' ELSE 'resolved' END`;
      conditions.push(`${state} = ANY(${b.bind(filter.statuses)}::text[])`);
    }
    if (filter.from !== null) conditions.push(`i.started_at >= ${instant(b.bind, filter.from)}`);
    if (filter.to !== null) conditions.push(`i.started_at < ${instant(b.bind, filter.to)}`);
    const { rows } = await sql.query<IncidentRow>(
      `SELECT ${incidentColumns} ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${orderBy} LIMIT ${b.bind(count)}`,
      b.values,
    );
    return rows;
  },

  /** What each region saw while the incident lasted, oldest first. */
  spans: async (sql: Sql, { monitorId, startedAt, resolvedAt }: IncidentRow): Promise<readonly SpanRow[]> => {
    const { rows } = await sql.query<SpanRow>(
      `SELECT region, code, failure, started_at AS "startedAt", last_seen_at AS "lastSeenAt", ended_at AS "endedAt"
       FROM span
       WHERE monitor_id = $1 AND started_at < coalesce($3, 'infinity'::timestamptz)
         AND (ended_at IS NULL OR ended_at > $2)
       ORDER BY started_at, region`,
      [monitorId, startedAt, resolvedAt],
    );
    return rows;
  },

  /** Ends the open incident of a monitor that was paused, and answers it; null when there is none. */
  endAsPaused: async (tx: Sql, monitorId: string, now: Date): Promise<IncidentRow | null> => {
    const { rows } = await tx.query<IncidentRow>(
      `WITH ended AS (
         UPDATE incident SET resolved_at = greatest($2, started_at), end_reason = 'paused'
         WHERE monitor_id = $1 AND resolved_at IS NULL RETURNING *)
       SELECT ${incidentColumns} FROM ended i JOIN monitor m ON m.id = i.monitor_id`,
      [monitorId, now],
    );
    return rows[0] ?? null;
  },

  /** Ends what is running: nobody looks any more, or looks at something else. */
  closeSpans: async (tx: Sql, monitorId: string, now: Date): Promise<void> => {
    await tx.query('UPDATE span SET ended_at = greatest($2, last_seen_at) WHERE monitor_id = $1 AND ended_at IS NULL', [
      monitorId,
      now,
    ]);
  },
});
export type IncidentStore = ReturnType<typeof incidentStore>;
