import { putBack, takeOut, throwAway } from '../../bin.ts';
import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';
import { touched } from '../../touched.ts';
import { type ChannelRow, channelColumns } from './view.ts';

/** What of a channel can change. `linkExpiresAt` is epoch ms. */
export type ChannelFields = Pick<
  ChannelRow,
  | 'name'
  | 'accountId'
  | 'target'
  | 'settings'
  | 'sealed'
  | 'status'
  | 'statusReason'
  | 'quietHours'
  | 'linkCode'
  | 'lookup'
> &
  Readonly<{ linkExpiresAt: number | null }>;
export type NewChannel = ChannelFields & Pick<ChannelRow, 'id' | 'organisationId' | 'kind'>;
type Owned = Readonly<{ organisationId: string; id: string }>;

const newestFirst = {
  columns: [
    { sql: 'created_at', type: 'timestamptz' },
    { sql: 'id', type: 'uuid' },
  ],
  descending: true,
} as const;

const columns = `name, account_id, target, settings, sealed, status, status_reason, quiet_hours, lookup, link_code,
  link_expires_at`;
/** The values of `columns`, in their order; JSON as text, because the driver would write an array as one of PostgreSQL's. */
const valuesOf = (f: ChannelFields): readonly unknown[] => [
  f.name,
  f.accountId,
  f.target,
  JSON.stringify(f.settings),
  f.sealed,
  f.status,
  f.statusReason,
  f.quietHours === null ? null : JSON.stringify(f.quietHours),
  f.lookup,
  f.linkCode,
  f.linkExpiresAt === null ? null : new Date(f.linkExpiresAt),
];

/** Of its deliveries so many, the newest, are its own again when it comes back. */
const mostRemembered = 20_000;

export const channelStore = () => ({
  /** Null when the organisation has `limit` channels already. Creators of one organisation wait for each other. */
  insert: async (tx: Sql, channel: NewChannel, limit: number): Promise<ChannelRow | null> => {
    const { id, organisationId, kind } = channel;
    await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [organisationId]);
    const { rows } = await tx.query<ChannelRow>(
      `INSERT INTO channel (id, organisation_id, kind, ${columns}, updated_at)
       SELECT $1, $2, $3, $5, $6, $7, $8::jsonb, $9, $10, $11, $12::jsonb, $13, $14, $15, now()
       WHERE (SELECT count(*) FROM channel WHERE organisation_id = $2) < $4
       RETURNING ${channelColumns}`,
      [id, organisationId, kind, limit, ...valuesOf(channel)],
    );
    return rows[0] ?? null;
  },

  find: async (sql: Sql, { organisationId, id }: Owned, lock = false): Promise<ChannelRow | null> => {
    const { rows } = await sql.query<ChannelRow>(
      `SELECT ${channelColumns} FROM channel
       WHERE organisation_id = $1 AND id = $2 ${lock ? 'FOR NO KEY UPDATE' : ''}`,
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

  /** The caller holds the row's lock. `afresh`: what was learnt of the old address (holds, failures) no longer counts. */
  update: async (tx: Sql, id: string, fields: ChannelFields, afresh: boolean): Promise<ChannelRow> => {
    const { rows } = await tx.query<ChannelRow>(
      `UPDATE channel SET (${columns}) = ($3, $4, $5, $6::jsonb, $7, $8, $9, $10::jsonb, $11, $12, $13), secret = NULL,
         status_since = CASE WHEN status = $8 THEN status_since ELSE now() END,
         hold_until = CASE WHEN $2 THEN NULL ELSE hold_until END, failures = CASE WHEN $2 THEN 0 ELSE failures END,
         ${touched}
       WHERE id = $1 RETURNING ${channelColumns}`,
      [id, afresh, ...valuesOf(fields)],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('channelStore.update: the caller holds the lock on a row that is gone');
    return row;
  },

  /** Its deliveries stay and name it no more, by the foreign key. It can be brought back for a day. */
  remove: async (tx: Sql, owned: Owned): Promise<boolean> => {
    // Held first: a delivery that is just being planned for it would not be counted.
    await tx.query('SELECT 1 FROM channel WHERE id = $1 FOR UPDATE', [owned.id]);
    const { rows } = await tx.query<{ id: string }>(
      'SELECT id FROM delivery WHERE channel_id = $1 ORDER BY created_at DESC LIMIT $2',
      [owned.id, mostRemembered],
    );
    const deliveries = rows.map(({ id }) => id);
    return throwAway(tx, 'channel', owned, deliveries);
  },

  /** As it was, with its deliveries; null: there is none to bring back, false: at the limit. */
  bringBack: async (tx: Sql, owned: Owned, limit: number): Promise<boolean | null> => {
    // The organisation first, as everywhere: two who wait for each other in two orders wait for ever.
    await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [owned.organisationId]);
    const kept = await takeOut(tx, 'channel', owned);
    if (kept === null) return null;
    if (!(await putBack(tx, 'channel', owned.organisationId, kept.row, limit))) return false;
    await tx.query('UPDATE delivery SET channel_id = $1 WHERE id = ANY($2::uuid[]) AND channel_id IS NULL', [
      owned.id,
      kept.namedBy,
    ]);
    return true;
  },
});
export type ChannelStore = ReturnType<typeof channelStore>;
