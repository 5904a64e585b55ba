import { createHash } from 'node:crypto';
import type { Assignment } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';

export type RegionRow = Readonly<{ id: string; lastSeenAt: Date | null }>;

/** Tokens are long and random, so a plain hash is enough to keep them out of the database. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** How often a probe's sign of life is written down. */
const seenEveryMs = 10_000;
const mine = '$1 = ANY(regions) AND paused_at IS NULL';

export const regionStore = () => ({
  /** Makes the regions what the configuration says; a token that is no longer set stops working. None set: nothing changes. */
  configure: async (tx: Sql, regions: readonly Readonly<{ id: string; token: string }>[]): Promise<void> => {
    if (regions.length === 0) return;
    const ids = regions.map(({ id }) => id);
    await tx.query('LOCK TABLE region IN SHARE ROW EXCLUSIVE MODE');
    const hashes = regions.map(({ token }) => hashToken(token));
    // A token may have moved from one region to another, and a hash is unique at every moment: stale ones go first.
    await tx.query(
      `DELETE FROM region r WHERE r.id <> ALL($1::text[])
         OR EXISTS (SELECT 1 FROM unnest($1::text[], $2::bytea[]) AS n (id, hash)
                    WHERE n.hash = r.token_hash AND n.id <> r.id)`,
      [ids, hashes],
    );
    await tx.query(
      `INSERT INTO region (id, token_hash) SELECT * FROM unnest($1::text[], $2::bytea[])
       ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash WHERE region.token_hash <> excluded.token_hash`,
      [ids, hashes],
    );
  },

  list: async (sql: Sql): Promise<readonly RegionRow[]> => {
    const { rows } = await sql.query<RegionRow>('SELECT id, last_seen_at AS "lastSeenAt" FROM region ORDER BY id');
    return rows;
  },

  /** Notes that a probe of this region was here. */
  seen: async (sql: Sql, region: string, now: Date): Promise<void> => {
    await sql.query(
      `UPDATE region SET last_seen_at = $2
       WHERE id = $1 AND (last_seen_at IS NULL OR last_seen_at < $2::timestamptz - $3::int * interval '1 millisecond')`,
      [region, now, seenEveryMs],
    );
  },

  /** Changes whenever the region's assignments do: how many, and which in which version. */
  version: async (sql: Sql, region: string): Promise<string> => {
    const { rows } = await sql.query<{ version: string }>(
      `SELECT count(*) || '-' || coalesce(sum(hashtextextended(id::text || updated_at::text, 0)), 0) AS version
       FROM monitor WHERE ${mine}`,
      [region],
    );
    return rows[0]?.version ?? '0';
  },

  /** What the region has to look at; nothing of paused monitors. */
  assignments: async (sql: Sql, region: string): Promise<Assignment[]> => {
    const { rows } = await sql.query<Assignment>(
      `SELECT id AS "monitorId", url, method, interval_ms AS "intervalMs", timeout_ms AS "timeoutMs",
         max_redirects AS "maxRedirects", expected_statuses AS "expectedStatuses", regions
       FROM monitor WHERE ${mine} ORDER BY id`,
      [region],
    );
    return rows;
  },
});
export type RegionStore = ReturnType<typeof regionStore>;
