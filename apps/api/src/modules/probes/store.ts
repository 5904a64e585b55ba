import { createHash } from 'node:crypto';
import type { Assignment } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import { connectionColumn } from '../monitors/connection.ts';

export type RegionRow = Readonly<{
  id: string;
  lastSeenAt: Date | null;
  /** How far its probe's wall clock is ahead of ours. */
  clockOffsetMs: number | null;
  blind: boolean;
  darkSince: Date | null;
}>;

/** What is kept of a sign of life. */
export type Sign = Readonly<{ clockOffsetMs: number; blind: boolean; now: Date }>;

/** An assignment whose credential is not opened yet. */
export type SealedAssignment = Omit<Assignment, 'secret'> &
  Readonly<{ organisationId: string; authSealed: string | null }>;

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
    const { rows } = await sql.query<RegionRow>(
      `SELECT r.id, r.last_seen_at AS "lastSeenAt", r.clock_offset_ms AS "clockOffsetMs", r.blind,
         o.started_at AS "darkSince"
       FROM region r LEFT JOIN region_outage o ON o.region = r.id AND o.ended_at IS NULL ORDER BY r.id`,
    );
    return rows;
  },

  /** Writes down a probe's sign of life. */
  alive: async (sql: Sql, region: string, { clockOffsetMs, blind, now }: Sign): Promise<void> => {
    await sql.query(
      `UPDATE region SET last_seen_at = greatest(last_seen_at, $2), clock_offset_ms = $3, blind = $4,
         blind_since = CASE WHEN $4 THEN coalesce(blind_since, $2) ELSE blind_since END
       WHERE id = $1`,
      [region, now, clockOffsetMs, blind],
    );
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
  assignments: async (sql: Sql, region: string): Promise<SealedAssignment[]> => {
    const { rows } = await sql.query<SealedAssignment>(
      `SELECT id AS "monitorId", url, method, interval_ms AS "intervalMs", timeout_ms AS "timeoutMs",
         max_redirects AS "maxRedirects", expected_statuses AS "expectedStatuses", regions, assertions,
         degraded_above_ms AS "degradedAboveMs", headers, body, verify_tls AS "verifyTls", auth_sealed AS "authSealed",
         organisation_id AS "organisationId", ${connectionColumn}
       FROM monitor m WHERE ${mine} ORDER BY id`,
      [region],
    );
    return rows;
  },
});
export type RegionStore = ReturnType<typeof regionStore>;
