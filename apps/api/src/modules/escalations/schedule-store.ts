import type { ScheduleView } from '@farwatch/contracts';
import { putBack, takeOut, throwAway } from '../../bin.ts';
import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';
import { touched } from '../../touched.ts';

/** An `on_call_schedule` row as `scheduleColumns` reads it. Its JSON is the contract's, written by this module alone. */
export type ScheduleRow = Readonly<{
  id: string;
  organisationId: string;
  name: string;
  rotations: ScheduleView['rotations'];
  overrides: ScheduleView['overrides'];
  createdAt: Date;
  updatedAt: Date;
}>;
export type ScheduleSettings = Pick<ScheduleRow, 'name' | 'rotations' | 'overrides'>;
type Owned = Readonly<{ organisationId: string; id: string }>;

export const scheduleColumns = `
  id, organisation_id AS "organisationId", name, rotations, overrides, created_at AS "createdAt", updated_at AS "updatedAt"`;

const newestFirst = {
  columns: [
    { sql: 'created_at', type: 'timestamptz' },
    { sql: 'id', type: 'uuid' },
  ],
  descending: true,
} as const;

const valuesOf = ({ name, rotations, overrides }: ScheduleSettings): readonly unknown[] => [
  name,
  JSON.stringify(rotations),
  JSON.stringify(overrides),
];

/** Who is on call when, as an organisation sets it. Writers hold the organisation's row (`lockOrganisation`). */
export const scheduleStore = () => ({
  find: async (sql: Sql, { organisationId, id }: Owned): Promise<ScheduleRow | null> => {
    const { rows } = await sql.query<ScheduleRow>(
      `SELECT ${scheduleColumns} FROM on_call_schedule WHERE organisation_id = $1 AND id = $2`,
      [organisationId, id],
    );
    return rows[0] ?? null;
  },

  /** Newest first; up to limit + 1 rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    query: Readonly<{ organisationId: string; position: Position | null; limit: number }>,
  ): Promise<readonly ScheduleRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(newestFirst, query.position, b);
    const { rows } = await sql.query<ScheduleRow>(
      `SELECT ${scheduleColumns} FROM on_call_schedule
       WHERE organisation_id = ${b.bind(query.organisationId)} AND ${where}
       ORDER BY ${orderBy} LIMIT ${b.bind(query.limit + 1)}`,
      b.values,
    );
    return rows;
  },

  /** Of these ids those that there are. */
  existing: async (sql: Sql, organisationId: string, ids: readonly string[]): Promise<readonly string[]> => {
    if (ids.length === 0) return [];
    const { rows } = await sql.query<{ id: string }>(
      'SELECT id FROM on_call_schedule WHERE organisation_id = $1 AND id = ANY($2::uuid[])',
      [organisationId, ids],
    );
    return rows.map(({ id }) => id);
  },

  /** Null when the organisation has `limit` schedules already. */
  insert: async (tx: Sql, { organisationId, id }: Owned, settings: ScheduleSettings, limit: number) => {
    const { rows } = await tx.query<ScheduleRow>(
      `INSERT INTO on_call_schedule (id, organisation_id, name, rotations, overrides, updated_at)
       SELECT $1, $2, $4, $5, $6, now()
       WHERE (SELECT count(*) FROM on_call_schedule WHERE organisation_id = $2) < $3 RETURNING ${scheduleColumns}`,
      [id, organisationId, limit, ...valuesOf(settings)],
    );
    return rows[0] ?? null;
  },

  /** Every change gets a later `updated_at`, whatever the clock says: it is the version that If-Match asks for. */
  update: async (tx: Sql, id: string, settings: ScheduleSettings): Promise<ScheduleRow> => {
    const { rows } = await tx.query<ScheduleRow>(
      `UPDATE on_call_schedule SET name = $2, rotations = $3, overrides = $4,
         ${touched}
       WHERE id = $1 RETURNING ${scheduleColumns}`,
      [id, ...valuesOf(settings)],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('scheduleStore.update: the row is gone though its organisation is held');
    return row;
  },

  /** It can be brought back for a day. */
  remove: (tx: Sql, owned: Owned): Promise<boolean> => throwAway(tx, 'on_call_schedule', owned),

  /** As it was; null: there is none to bring back, false: at the limit. */
  bringBack: async (tx: Sql, owned: Owned, limit: number): Promise<boolean | null> => {
    const kept = await takeOut(tx, 'on_call_schedule', owned);
    return kept === null ? null : putBack(tx, 'on_call_schedule', owned.organisationId, kept.row, limit);
  },
});
export type ScheduleStore = ReturnType<typeof scheduleStore>;
