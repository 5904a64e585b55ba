import type { ShareView } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import { binder, keyset, type Position } from '../../keyset.ts';

export type ShareRow = Readonly<{
  id: string;
  organisationId: string;
  kind: ShareView['kind'];
  monitorId: string;
  monitorName: string;
  subject: string;
  withBody: boolean;
  author: string;
  createdAt: Date;
  expiresAt: Date;
}>;
type Owned = Readonly<{ organisationId: string; id: string }>;
type Filter = Readonly<{ organisationId: string; monitorId: string | null }>;

const columns = `s.id, s.organisation_id AS "organisationId", s.kind, s.monitor_id AS "monitorId", m.name AS "monitorName",
  s.subject, s.with_body AS "withBody", s.author, s.created_at AS "createdAt", s.expires_at AS "expiresAt"`;
const from = 'FROM share s JOIN monitor m ON m.id = s.monitor_id AND m.deleted_at IS NULL';
const newestFirst = { columns: [{ sql: 's.id', type: 'uuid' }], descending: true } as const;

/** Keeps a link, unless the organisation has `most` of them that work: then false. */
export const insertShare = async (
  tx: Sql,
  row: Omit<ShareRow, 'monitorName'>,
  { tokenHash, most }: Readonly<{ tokenHash: Uint8Array; most: number }>,
): Promise<boolean> => {
  await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [row.organisationId]);
  const { rowCount } = await tx.query(
    `INSERT INTO share (id, organisation_id, token_hash, kind, monitor_id, subject, with_body, author, created_at, expires_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
     WHERE (SELECT count(*) FROM share WHERE organisation_id = $2 AND expires_at > $9) < $11`,
    [
      ...[row.id, row.organisationId, tokenHash, row.kind, row.monitorId, row.subject, row.withBody, row.author],
      ...[row.createdAt, row.expiresAt, most],
    ],
  );
  return rowCount === 1;
};

/** The links that work at `now`; up to `rows` rows, backwards for a page before a position. */
export const listActive = async (
  sql: Sql,
  { organisationId, monitorId }: Filter,
  { position, rows: count, now }: Readonly<{ position: Position | null; rows: number; now: Date }>,
): Promise<readonly ShareRow[]> => {
  const b = binder();
  const { where, orderBy } = keyset(newestFirst, position, b);
  const conditions = [`s.organisation_id = ${b.bind(organisationId)}`, `s.expires_at > ${b.bind(now)}`, where];
  if (monitorId !== null) conditions.push(`s.monitor_id = ${b.bind(monitorId)}::uuid`);
  const { rows } = await sql.query<ShareRow>(
    `SELECT ${columns} ${from} WHERE ${conditions.join(' AND ')} ORDER BY ${orderBy} LIMIT ${b.bind(count)}`,
    b.values,
  );
  return rows;
};

/** By the hash of its token, as long as it works. */
export const findByToken = async (sql: Sql, tokenHash: Uint8Array, now: Date): Promise<ShareRow | null> => {
  const { rows } = await sql.query<ShareRow>(
    `SELECT ${columns} ${from} WHERE s.token_hash = $1 AND s.expires_at > $2`,
    [tokenHash, now],
  );
  return rows[0] ?? null;
};

export const removeShare = async (sql: Sql, { organisationId, id }: Owned): Promise<boolean> => {
  const { rowCount } = await sql.query('DELETE FROM share WHERE organisation_id = $1 AND id = $2', [
    organisationId,
    id,
  ]);
  return rowCount === 1;
};
