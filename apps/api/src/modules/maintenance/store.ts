import type { MaintenanceWindow } from '@farwatch/domain';
import { putBack, takeOut, throwAway } from '../../bin.ts';
import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';
import { type ScopeRow, scopeColumns, scopeOf, scopeValues } from '../../scope.ts';
import { touched } from '../../touched.ts';

/** A `maintenance_window` row. Moments of `cuts` are epoch ms. */
export type WindowRow = MaintenanceWindow &
  Readonly<{
    organisationId: string;
    name: string;
    note: string | null;
    countsAs: 'excluded' | 'counted';
    createdAt: Date;
    updatedAt: Date;
  }>;
/** What a person sets on a window, complete. */
export type WindowSettings = Omit<WindowRow, 'id' | 'organisationId' | 'cuts' | 'createdAt' | 'updatedAt'>;
type Owned = Readonly<{ organisationId: string; id: string }>;

type Stored = Omit<WindowRow, 'appliesTo' | 'cuts'> & ScopeRow & Readonly<{ cuts: readonly Date[] }>;
const columns = `w.id, w.organisation_id AS "organisationId", w.name, w.note, w.starts_at AS "startsAt",
  w.time_zone AS "timeZone", w.duration_ms::float8 AS "durationMs", w.rule, ${scopeColumns('w')},
  w.counts_as AS "countsAs", w.cuts, w.created_at AS "createdAt", w.updated_at AS "updatedAt"`;
const rowOf = ({ scope, monitorIds, tags, cuts, ...row }: Stored): WindowRow => ({
  ...row,
  appliesTo: scopeOf({ scope, monitorIds, tags }),
  cuts: cuts.map((cut) => cut.getTime()),
});

const newestFirst = {
  columns: [
    { sql: 'w.created_at', type: 'timestamptz' },
    { sql: 'w.id', type: 'uuid' },
  ],
  descending: true,
} as const;

const valuesOf = (s: WindowSettings): readonly unknown[] => [
  s.name,
  s.note,
  s.startsAt,
  s.timeZone,
  s.durationMs,
  s.rule,
  ...scopeValues(s.appliesTo),
  s.countsAs,
];

/** Windows as their organisation sets them. Writers hold the organisation's row (`lockOrganisation`). */
export const windowStore = () => ({
  find: async (sql: Sql, { organisationId, id }: Owned): Promise<WindowRow | null> => {
    const { rows } = await sql.query<Stored>(
      `SELECT ${columns} FROM maintenance_window w WHERE w.organisation_id = $1 AND w.id = $2`,
      [organisationId, id],
    );
    return rows[0] === undefined ? null : rowOf(rows[0]);
  },

  /** Held until the transaction ends. */
  lock: async (tx: Sql, { organisationId, id }: Owned): Promise<WindowRow | null> => {
    const { rows } = await tx.query<Stored>(
      `SELECT ${columns} FROM maintenance_window w WHERE w.organisation_id = $1 AND w.id = $2 FOR UPDATE`,
      [organisationId, id],
    );
    return rows[0] === undefined ? null : rowOf(rows[0]);
  },

  /** Newest first; up to limit + 1 rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    query: Readonly<{ organisationId: string; position: Position | null; limit: number }>,
  ): Promise<readonly WindowRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(newestFirst, query.position, b);
    const { rows } = await sql.query<Stored>(
      `SELECT ${columns} FROM maintenance_window w WHERE w.organisation_id = ${b.bind(query.organisationId)} AND ${where}
       ORDER BY ${orderBy} LIMIT ${b.bind(query.limit + 1)}`,
      b.values,
    );
    return rows.map(rowOf);
  },

  /** Every window of an organisation; how many there may be is limited. */
  all: async (sql: Sql, organisationId: string): Promise<readonly WindowRow[]> => {
    const { rows } = await sql.query<Stored>(
      `SELECT ${columns} FROM maintenance_window w WHERE w.organisation_id = $1 ORDER BY w.id`,
      [organisationId],
    );
    return rows.map(rowOf);
  },

  /** False when the organisation has `limit` windows already. */
  insert: async (tx: Sql, { organisationId, id }: Owned, settings: WindowSettings, limit: number): Promise<boolean> => {
    const { rowCount } = await tx.query(
      `INSERT INTO maintenance_window (id, organisation_id, name, note, starts_at, time_zone, duration_ms, rule, scope,
         monitor_ids, tags, counts_as, updated_at)
       SELECT $1, $2, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, now()
       WHERE (SELECT count(*) FROM maintenance_window WHERE organisation_id = $2) < $3`,
      [id, organisationId, limit, ...valuesOf(settings)],
    );
    return rowCount === 1;
  },

  update: async (tx: Sql, id: string, settings: WindowSettings): Promise<void> => {
    await tx.query(
      `UPDATE maintenance_window SET name = $2, note = $3, starts_at = $4, time_zone = $5, duration_ms = $6, rule = $7,
         scope = $8, monitor_ids = $9, tags = $10, counts_as = $11, ${touched} WHERE id = $1`,
      [id, ...valuesOf(settings)],
    );
  },

  /** Ends what runs at this moment. Cuts of before the longest window there may be can hold nothing any more. */
  cut: async (tx: Sql, id: string, now: number): Promise<void> => {
    await tx.query(
      `UPDATE maintenance_window SET ${touched}, cuts = array_append(
         ARRAY(SELECT c FROM unnest(cuts) AS c ORDER BY c DESC LIMIT 99), to_timestamp($2::float8 / 1000)::timestamptz(3))
       WHERE id = $1`,
      [id, now],
    );
  },

  /** As if it had not been ended at that moment. */
  uncut: async (tx: Sql, id: string, cut: number): Promise<void> => {
    await tx.query(
      `UPDATE maintenance_window SET ${touched}, cuts = array_remove(cuts, to_timestamp($2::float8 / 1000)::timestamptz(3))
       WHERE id = $1`,
      [id, cut],
    );
  },

  setDue: async (tx: Sql, id: string, dueAt: number | null): Promise<void> => {
    await tx.query(
      `UPDATE maintenance_window SET due_at = to_timestamp($2::float8 / 1000)
       WHERE id = $1 AND due_at IS DISTINCT FROM to_timestamp($2::float8 / 1000)`,
      [id, dueAt],
    );
  },

  /** It can be brought back for a day. */
  remove: (tx: Sql, owned: Owned): Promise<boolean> => throwAway(tx, 'maintenance_window', owned),

  /** As it was; null: there is none to bring back, false: at the limit. */
  bringBack: async (tx: Sql, owned: Owned, limit: number): Promise<boolean | null> => {
    const kept = await takeOut(tx, 'maintenance_window', owned);
    return kept === null ? null : putBack(tx, 'maintenance_window', owned.organisationId, kept.row, limit);
  },

  /** The windows that run, or are to be looked at, of every organisation; those behind `after`, by id. */
  due: async (
    sql: Sql,
    { now, limit, after }: Readonly<{ now: number; limit: number; after: string | null }>,
  ): Promise<readonly string[]> => {
    const { rows } = await sql.query<{ id: string }>(
      `SELECT id FROM maintenance_window WHERE due_at <= to_timestamp($1::float8 / 1000) AND ($3::uuid IS NULL OR id > $3)
       ORDER BY id LIMIT $2`,
      [now, limit, after],
    );
    return rows.map(({ id }) => id);
  },

  /** One that is due, unless another worker has it. */
  lockDue: async (tx: Sql, id: string, now: number): Promise<WindowRow | null> => {
    const { rows } = await tx.query<Stored>(
      `SELECT ${columns} FROM maintenance_window w WHERE w.id = $1 AND w.due_at <= to_timestamp($2::float8 / 1000)
       FOR UPDATE SKIP LOCKED`,
      [id, now],
    );
    return rows[0] === undefined ? null : rowOf(rows[0]);
  },
});
export type WindowStore = ReturnType<typeof windowStore>;
