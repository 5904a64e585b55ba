import type { Sql } from '../../db.ts';
import { binder, instant, keyset, type Position, type Range } from '../../keyset.ts';
import type { Actor } from '../alerts/planner.ts';
import { holdEventOrder } from '../events/store.ts';
import { type IncidentRow, incidentColumns, type SpanRow } from './view.ts';

export type IncidentFilter = Range &
  Readonly<{
    organisationId: string;
    monitorId: string | null;
    statuses: readonly ('open' | 'resolved')[] | null;
    /** Part of the monitor's name or URL. */
    search: string | null;
  }>;

const newestFirst = {
  columns: [
    { sql: 'i.started_at', type: 'timestamptz' },
    { sql: 'i.id', type: 'uuid' },
  ],
  descending: true,
} as const;
const from = 'FROM incident i JOIN monitor m ON m.id = i.monitor_id';

/** An incident that is part of another one. */
export type ChildRow = Readonly<{
  id: string;
  monitorId: string;
  monitorName: string;
  status: 'open' | 'resolved';
  attachedBecause: Exclude<IncidentRow['partOf'], null>['because'];
}>;

type Owned = Readonly<{ organisationId: string; id: string }>;

const find = async (sql: Sql, { organisationId, id }: Owned): Promise<IncidentRow | null> => {
  const { rows } = await sql.query<IncidentRow>(
    `SELECT ${incidentColumns} ${from} WHERE i.organisation_id = $1 AND i.id = $2`,
    [organisationId, id],
  );
  return rows[0] ?? null;
};

/** Incidents as their organisation sees them, and what its people do about them; the judgement opens and ends them. */
export const incidentStore = () => ({
  find,

  /**
   * Holds an incident until the transaction ends and answers it as it then is; null when it isn't there. Locks go in
   * everybody's order: the monitor's state, as the judgement does; the events' order; the row itself.
   */
  lock: async (tx: Sql, owned: Owned): Promise<IncidentRow | null> => {
    const before = await find(tx, owned);
    if (before === null) return null;
    await tx.query('SELECT 1 FROM monitor_state WHERE monitor_id = $1 FOR UPDATE', [before.monitorId]);
    await holdEventOrder(tx);
    await tx.query('SELECT 1 FROM incident WHERE id = $1 FOR NO KEY UPDATE', [owned.id]);
    return find(tx, owned);
  },

  /** Who has it since when; null = nobody. */
  setAcknowledged: async (tx: Sql, id: string, by: Actor | null, now: number): Promise<void> => {
    await tx.query(
      `UPDATE incident SET acknowledged_by = $2::jsonb,
         acknowledged_at = CASE WHEN $2::jsonb IS NOT NULL THEN to_timestamp($3::float8 / 1000) END
       WHERE id = $1`,
      [id, by === null ? null : JSON.stringify(by), now],
    );
  },
  setAssignee: async (tx: Sql, id: string, accountId: string | null): Promise<void> => {
    await tx.query('UPDATE incident SET assignee_id = $2 WHERE id = $1', [id, accountId]);
  },
  setSnoozed: async (tx: Sql, id: string, until: number | null): Promise<void> => {
    await tx.query('UPDATE incident SET snoozed_until = to_timestamp($2::float8 / 1000) WHERE id = $1', [id, until]);
  },
  setPostMortem: async (tx: Sql, id: string, text: string | null, now: number): Promise<void> => {
    await tx.query(
      `UPDATE incident SET post_mortem = $2::text,
         post_mortem_at = CASE WHEN $2::text IS NOT NULL THEN to_timestamp($3::float8 / 1000) END
       WHERE id = $1`,
      [id, text, now],
    );
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
    if (filter.search !== null) {
      const sought = b.bind(filter.search.toLowerCase());
      conditions.push(`(strpos(lower(m.name), ${sought}) > 0 OR strpos(lower(m.url), ${sought}) > 0)`);
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

  /** The incidents that are, or were, part of this one, in the order they opened. */
  children: async (sql: Sql, id: string): Promise<readonly ChildRow[]> => {
    const { rows } = await sql.query<ChildRow>(
      `SELECT i.id, i.monitor_id AS "monitorId", m.name AS "monitorName", a.because AS "attachedBecause",
         CASE WHEN i.resolved_at IS NULL THEN 'open' ELSE 'resolved' END AS status
       FROM incident_attachment a JOIN incident i ON i.id = a.incident_id
       JOIN monitor m ON m.id = i.monitor_id AND m.deleted_at IS NULL
       WHERE a.parent_incident_id = $1 ORDER BY i.opened_at, i.id LIMIT 500`,
      [id],
    );
    return rows;
  },

  /** Ends the open incident of a monitor that was paused, and answers it; null when there is none. */
  endAsPaused: async (tx: Sql, monitorId: string, now: Date): Promise<IncidentRow | null> => {
    const { rows } = await tx.query<IncidentRow>(
      `WITH ended AS (
         UPDATE incident SET resolved_at = greatest($2, started_at), end_known_at = $2, end_reason = 'paused'
         WHERE monitor_id = $1 AND resolved_at IS NULL RETURNING *)
       SELECT ${incidentColumns} FROM ended i JOIN monitor m ON m.id = i.monitor_id`,
      [monitorId, now],
    );
    return rows[0] ?? null;
  },

  /** Ends what is running: nobody looks any more, or looks at something else. */
  closeSpans: async (tx: Sql, monitorId: string, now: Date): Promise<void> => {
    await tx.query(
      'UPDATE span SET ended_at = greatest($2, last_seen_at), end_known_at = $2 WHERE monitor_id = $1 AND ended_at IS NULL',
      [monitorId, now],
    );
  },
});
export type IncidentStore = ReturnType<typeof incidentStore>;
