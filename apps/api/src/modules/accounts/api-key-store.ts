import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import type { ApiKeyView } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import type { Cursor } from '../../plugins/paging.ts';

export type ApiKeyRow = Readonly<{
  id: string;
  name: string;
  scope: 'read' | 'write';
  start: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}>;
export type KeyOwner = Readonly<{
  keyId: string;
  scope: 'read' | 'write';
  organisationId: string;
  organisationName: string;
  lastUsedAt: Date | null;
}>;

const columns = `id, name, scope, start, created_at AS "createdAt", last_used_at AS "lastUsedAt"`;

/** More than anybody needs, few enough to be listed. */
export const maxApiKeys = 100;

export const apiKeyView = ({ id, name, scope, start, createdAt, lastUsedAt }: ApiKeyRow): ApiKeyView => ({
  id,
  name,
  scope,
  start,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** `fw_` and 256 random bits. */
export const newKey = (): string => `fw_${randomBytes(32).toString('base64url')}`;
export const isKey = (token: string): boolean => /^fw_[A-Za-z0-9_-]{43}$/u.test(token);
/** Nothing to guess in 256 random bits, so a fast hash is enough. */
export const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest();

export const apiKeyStore = () => ({
  /** Null when the organisation has as many as it may. */
  create: async (
    tx: Sql,
    { organisationId, name, scope }: Readonly<{ organisationId: string; name: string; scope: 'read' | 'write' }>,
  ): Promise<Readonly<{ row: ApiKeyRow; key: string }> | null> => {
    await tx.query(`SELECT 1 FROM organisation WHERE id = $1 FOR UPDATE`, [organisationId]); // so that the count holds
    const key = newKey();
    const { rows } = await tx.query<ApiKeyRow>(
      `INSERT INTO api_key (id, organisation_id, name, scope, start, hash)
       SELECT $1, $2, $3, $4::api_key_scope, $5, $6
       WHERE (SELECT count(*) FROM api_key WHERE organisation_id = $2) < ${maxApiKeys} RETURNING ${columns}`,
      [randomUUIDv7(), organisationId, name, scope, key.slice(0, 7), hashOf(key)],
    );
    const row = rows[0];
    return row === undefined ? null : { row, key };
  },

  /** Newest first; at most `limit` rows, in the cursor's direction. */
  list: async (
    sql: Sql,
    { organisationId, cursor, limit }: Readonly<{ organisationId: string; cursor: Cursor | null; limit: number }>,
  ): Promise<readonly ApiKeyRow[]> => {
    const backwards = cursor?.direction === 'previous';
    const { rows } = await sql.query<ApiKeyRow>(
      `SELECT ${columns} FROM api_key
       WHERE organisation_id = $1 AND ($2::uuid IS NULL OR id ${backwards ? '>' : '<'} $2::uuid)
       ORDER BY id ${backwards ? 'ASC' : 'DESC'} LIMIT $3`,
      [organisationId, cursor?.keys[0] ?? null, limit],
    );
    return rows;
  },

  /** False when there is no such key, or it is another organisation's. */
  revoke: async (sql: Sql, organisationId: string, id: string): Promise<boolean> => {
    const { rowCount } = await sql.query(`DELETE FROM api_key WHERE organisation_id = $1 AND id = $2`, [
      organisationId,
      id,
    ]);
    return rowCount === 1;
  },

  ownerOf: async (sql: Sql, token: string): Promise<KeyOwner | null> => {
    const { rows } = await sql.query<KeyOwner>(
      `SELECT k.id AS "keyId", k.scope, k.last_used_at AS "lastUsedAt", o.id AS "organisationId", o.name AS "organisationName"
       FROM api_key k JOIN organisation o ON o.id = k.organisation_id WHERE k.hash = $1`,
      [hashOf(token)],
    );
    return rows[0] ?? null;
  },

  /** At most once a minute, whatever the number of calls. */
  touch: async (sql: Sql, { keyId, lastUsedAt }: KeyOwner): Promise<void> => {
    if (lastUsedAt !== null && Date.now() - lastUsedAt.getTime() < 60_000) return;
    await sql.query(
      `UPDATE api_key SET last_used_at = now()
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [keyId],
    );
  },
});
export type ApiKeyStore = ReturnType<typeof apiKeyStore>;
