import type { CommentView } from '@farwatch/contracts';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';
import type { Actor } from '../alerts/planner.ts';

/** An `incident_comment` row: what somebody wrote, or the line that says what somebody did. */
export type CommentRow = Readonly<{
  id: string;
  kind: CommentView['kind'];
  accountId: string | null;
  author: string;
  text: string;
  createdAt: Date;
}>;

const columns = `id, kind, account_id AS "accountId", author, text, created_at AS "createdAt"`;
const oldestFirst = {
  columns: [
    { sql: 'created_at', type: 'timestamptz' },
    { sql: 'id', type: 'uuid' },
  ],
  descending: false,
} as const;

export const commentView = (row: CommentRow): CommentView => ({ ...row, createdAt: row.createdAt.toISOString() });

/** The story of an incident as people write it. The caller has made sure that the incident is the organisation's. */
export const commentStore = () => ({
  insert: async (
    tx: Sql,
    line: Readonly<{ incidentId: string; kind: CommentRow['kind']; by: Actor; text: string; now: number }> &
      Readonly<{ snoozedUntil?: number | null }>,
  ): Promise<string> => {
    const id = newId();
    await tx.query(
      `INSERT INTO incident_comment (id, incident_id, kind, account_id, author, text, created_at, snoozed_until)
       VALUES ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), to_timestamp($8::float8 / 1000))`,
      [
        ...[id, line.incidentId, line.kind, line.by.accountId, line.by.name, line.text, line.now],
        line.snoozedUntil ?? null,
      ],
    );
    return id;
  },

  find: async (sql: Sql, id: string): Promise<CommentRow | null> => {
    const { rows } = await sql.query<CommentRow>(`SELECT ${columns} FROM incident_comment WHERE id = $1`, [id]);
    return rows[0] ?? null;
  },

  /** Oldest first; up to limit + 1 rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    { incidentId, position, limit }: Readonly<{ incidentId: string; position: Position | null; limit: number }>,
  ): Promise<readonly CommentRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(oldestFirst, position, b);
    const { rows } = await sql.query<CommentRow>(
      `SELECT ${columns} FROM incident_comment WHERE incident_id = ${b.bind(incidentId)} AND ${where}
       ORDER BY ${orderBy} LIMIT ${b.bind(limit + 1)}`,
      b.values,
    );
    return rows;
  },

  /** How many there are, what people wrote and what they did. */
  lines: async (sql: Sql, incidentId: string): Promise<number> => {
    const { rows } = await sql.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM incident_comment WHERE incident_id = $1`,
      [incidentId],
    );
    return rows[0]?.n ?? 0;
  },
});
export type CommentStore = ReturnType<typeof commentStore>;
