import type { getResult, ReplyOf } from '@farwatch/contracts';
import type { CheckResult, Verdict } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { binder, instant, keyset, type Position, type Range } from '../../keyset.ts';
import { type CheckResultRow, resultColumns } from './view.ts';

/** A result with what was kept of its answer. */
export type EvidencedRow = CheckResultRow & Readonly<Pick<ReplyOf<typeof getResult>, 'evidence'>>;
export type LogRow = CheckResultRow & Readonly<{ hasEvidence: boolean }>;
export type LogFilter = Range &
  Readonly<{
    monitorId: string;
    verdicts: readonly Verdict[] | null;
    statuses: readonly number[] | null;
    regions: readonly string[] | null;
  }>;

// The primary key, backwards.
const newestFirst = {
  columns: [
    { sql: 'r.scheduled_at', type: 'timestamptz' },
    { sql: 'r.region', type: 'text' },
    { sql: 'r.family', type: 'address_family' },
  ],
  descending: true,
} as const;

const sameResult = `e.monitor_id = r.monitor_id AND e.scheduled_at = r.scheduled_at
  AND e.region = r.region AND e.family = r.family`;
const logColumns = `${resultColumns}, EXISTS (SELECT 1 FROM evidence e WHERE ${sameResult}) AS "hasEvidence"`;

/** The read side of the response log. Who may see a monitor is decided before it is asked for here. */
export const resultStore = () => ({
  /** Newest first; up to `rows` rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    filter: LogFilter,
    { position, rows: count }: Readonly<{ position: Position | null; rows: number }>,
  ): Promise<readonly LogRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(newestFirst, position, b);
    const conditions = [`r.monitor_id = ${b.bind(filter.monitorId)}`, where];
    if (filter.verdicts !== null) conditions.push(`r.verdict = ANY(${b.bind(filter.verdicts)}::verdict[])`);
    if (filter.statuses !== null) conditions.push(`r.status = ANY(${b.bind(filter.statuses)}::int2[])`);
    if (filter.regions !== null) conditions.push(`r.region = ANY(${b.bind(filter.regions)}::text[])`);
    if (filter.from !== null) conditions.push(`r.scheduled_at >= ${instant(b.bind, filter.from)}`);
    if (filter.to !== null) conditions.push(`r.scheduled_at < ${instant(b.bind, filter.to)}`);
    const { rows } = await sql.query<LogRow>(
      `SELECT ${logColumns} FROM check_result r WHERE ${conditions.join(' AND ')}
       ORDER BY ${orderBy} LIMIT ${b.bind(count)}`,
      b.values,
    );
    return rows;
  },

  /** One result with the evidence kept of it. */
  find: async (
    sql: Sql,
    key: Pick<CheckResult, 'monitorId' | 'scheduledAt' | 'region' | 'family'>,
  ): Promise<EvidencedRow | null> => {
    const { rows } = await sql.query<EvidencedRow>(
      `SELECT ${resultColumns}, (SELECT e.evidence FROM evidence e WHERE ${sameResult}) AS evidence
       FROM check_result r
       WHERE r.monitor_id = $1 AND r.scheduled_at = to_timestamp($2::float8 / 1000) AND r.region = $3 AND r.family = $4`,
      [key.monitorId, key.scheduledAt, key.region, key.family],
    );
    return rows[0] ?? null;
  },

  /** The newest result of each monitor, by monitor. */
  latest: async (sql: Sql, monitorIds: readonly string[]): Promise<ReadonlyMap<string, LogRow>> => {
    const { rows } = await sql.query<LogRow>(
      `SELECT r.* FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
         SELECT ${logColumns} FROM check_result r WHERE r.monitor_id = wanted.id
         ORDER BY r.scheduled_at DESC, r.region DESC, r.family DESC LIMIT 1) r`,
      [monitorIds],
    );
    return new Map(rows.map((row) => [row.monitorId, row]));
  },

  /** Evidence has no partition that takes it away with its day. */
  forgetEvidence: async (tx: Sql, monitorId: string): Promise<void> => {
    await tx.query('DELETE FROM evidence WHERE monitor_id = $1', [monitorId]);
  },
});
export type ResultStore = ReturnType<typeof resultStore>;
