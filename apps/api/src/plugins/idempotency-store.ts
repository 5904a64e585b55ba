import type { Sql } from '../db.ts';

export type Slot = Readonly<{ organisationId: string; key: string; fingerprint: Uint8Array }>;
export type Answer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string }>;
export type Claim =
  | Readonly<{ kind: 'mine' }>
  | Readonly<{ kind: 'running' }>
  | Readonly<{ kind: 'other-request' }>
  | Readonly<{ kind: 'answered'; answer: Answer }>;

type Row = Readonly<{
  same: boolean;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
}>;

/** How long an answer counts (housekeeping forgets it after that), and after what time a request without one is taken to have died with its process. */
const kept = `interval '24 hours'`;
const abandoned = `interval '2 minutes'`;

const take = `
  INSERT INTO idempotency_key AS k (caller, key, fingerprint) VALUES ($1, $2, $3)
  ON CONFLICT (caller, key) DO UPDATE
    SET fingerprint = excluded.fingerprint, status = NULL, headers = NULL, body = NULL, created_at = now()
    WHERE k.created_at < now() - ${kept}
       OR (k.status IS NULL AND k.fingerprint = excluded.fingerprint AND k.created_at < now() - ${abandoned})`;

export const idempotencyStore = () => ({
  /** Takes the key for this request, or says what became of the request that has it. */
  claim: async (sql: Sql, { organisationId, key, fingerprint }: Slot): Promise<Claim> => {
    const values = [organisationId, key, fingerprint];
    if ((await sql.query(take, values)).rowCount === 1) return { kind: 'mine' };
    const { rows } = await sql.query<Row>(
      `SELECT fingerprint = $3 AS same, status, headers, body FROM idempotency_key WHERE caller = $1 AND key = $2`,
      values,
    );
    const row = rows[0];
    if (row === undefined) return { kind: 'running' }; // given back between the two statements: the caller comes again
    if (!row.same) return { kind: 'other-request' };
    if (row.status === null) return { kind: 'running' };
    return { kind: 'answered', answer: { status: row.status, headers: row.headers ?? {}, body: row.body ?? '' } };
  },

  settle: async (sql: Sql, { organisationId, key }: Slot, { status, headers, body }: Answer): Promise<void> => {
    await sql.query(`UPDATE idempotency_key SET status = $3, headers = $4, body = $5 WHERE caller = $1 AND key = $2`, [
      organisationId,
      key,
      status,
      JSON.stringify(headers),
      body,
    ]);
  },

  /** Nothing was done, so the key may be used again. */
  giveBack: async (sql: Sql, { organisationId, key }: Slot): Promise<void> => {
    await sql.query(`DELETE FROM idempotency_key WHERE caller = $1 AND key = $2 AND status IS NULL`, [
      organisationId,
      key,
    ]);
  },
});
