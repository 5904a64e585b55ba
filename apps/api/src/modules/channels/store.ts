import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';
import { type ChannelRow, channelColumns } from './view.ts';

export type NewChannel = Readonly<{
  id: string;
  organisationId: string;
  name: string;
  kind: 'email' | 'webhook';
  target: string;
  secret: string | null;
}>;
type Owned = Readonly<{ organisationId: string; id: string }>;

const newestFirst = {
  columns: [
    { sql: 'created_at', type: 'timestamptz' },
    { sql: 'id', type: 'uuid' },
  ],
  descending: true,
} as const;

export const channelStore = () => ({
  /** Null when the organisation has `limit` channels already. Creators of one organisation wait for each other. */
  insert: async (tx: Sql, channel: NewChannel, limit: number): Promise<ChannelRow | null> => {
    const { id, organisationId, name, kind, target, secret } = channel;
    await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [organisationId]);
    const { rows } = await tx.query<ChannelRow>(
      `INSERT INTO channel (id, organisation_id, name, kind, target, secret, updated_at)
       SELECT $1, $2, $3, $4, $5, $6, now() WHERE (SELECT count(*) FROM channel WHERE organisation_id = $2) < $7
       RETURNING ${channelColumns}`,
      [id, organisationId, name, kind, target, secret, limit],
    );
    return rows[0] ?? null;
  },

  find: async (sql: Sql, { organisationId, id }: Owned, lock = false): Promise<ChannelRow | null> => {
    const { rows } = await sql.query<ChannelRow>(
      `SELECT ${channelColumns} FROM channel WHERE organisation_id = $1 AND id = $2 ${lock ? 'FOR UPDATE' : ''}`,
      [organisationId, id],
    );
    return rows[0] ?? null;
  },

  /** Newest first; up to limit + 1 rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    query: Readonly<{ organisationId: string; position: Position | null; limit: number }>,
  ): Promise<readonly ChannelRow[]> => {
    const b = binder();
    const { where, orderBy } = keyset(newestFirst, query.position, b);
    const { rows } = await sql.query<ChannelRow>(
      `SELECT ${channelColumns} FROM channel WHERE organisation_id = ${b.bind(query.organisationId)} AND ${where}
       ORDER BY ${orderBy} LIMIT ${b.bind(query.limit + 1)}`,
      b.values,
    );
    return rows;
  },

  /** Every change gets a later `updated_at`, whatever the clock says: it is the version that If-Match asks for. */
  update: async (tx: Sql, { id, name, target }: Pick<ChannelRow, 'id' | 'name' | 'target'>): Promise<ChannelRow> => {
    const { rows } = await tx.query<ChannelRow>(
      `UPDATE channel SET name = $2, target = $3,
         updated_at = greatest(date_trunc('milliseconds', now()), updated_at + interval '1 millisecond')
       WHERE id = $1 RETURNING ${channelColumns}`,
      [id, name, target],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('channelStore.update: the caller holds the lock on a row that is gone');
    return row;
  },

  remove: async (tx: Sql, { organisationId, id }: Owned): Promise<boolean> => {
    const { rowCount } = await tx.query('DELETE FROM channel WHERE organisation_id = $1 AND id = $2', [
      organisationId,
      id,
    ]);
    return rowCount === 1;
  },
});
export type ChannelStore = ReturnType<typeof channelStore>;
