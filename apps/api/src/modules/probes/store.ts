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

/** By whose id the page before ended, and how many at most; null = from the first, and all there are. */
type PageAsked = Readonly<{ after?: string | null; limit?: number | null }>;
/** `next`: where the next page begins; null = there is none. */
type AssignmentPage = Readonly<{ assignments: readonly SealedAssignment[]; next: string | null }>;
/** What a page holds before its last one; six times as much at worst as JSON, and a probe reads 64 MiB. */
const pageBytes = 8 * 1_024 * 1_024;
/** What is short in every monitor, about. */
const shortBytes = 500;

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

  /**
   * Changes whenever the region's assignments do: how many, and which in which version. A log-in sealed anew is one too:
   * it may be the one that can be opened.
   */
  version: async (sql: Sql, region: string): Promise<string> => {
    const { rows } = await sql.query<{ version: string }>(
      `SELECT count(*) || '-' || coalesce(sum(hashtextextended(
         id::text || updated_at::text || coalesce(auth_sealed, ''), 0)), 0) AS version
       FROM monitor WHERE ${mine}`,
      [region],
    );
    return rows[0]?.version ?? '0';
  },

  /** What the region has to look at, by id; nothing of paused monitors. A page ends before it is too big, yet never empty. */
  assignments: async (sql: Sql, region: string, { after = null, limit = null }: PageAsked): Promise<AssignmentPage> => {
    const { rows } = await sql.query<SealedAssignment & { known: number }>(
      `WITH candidate AS MATERIALIZED (
         SELECT id, octet_length(url) + octet_length(headers::text) + octet_length(assertions::text)
           + coalesce(octet_length(body), 0) + ${shortBytes} AS bytes
         FROM monitor WHERE ${mine} AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3::int + 1),
       placed AS (SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS bytes_before FROM candidate)
       SELECT id AS "monitorId", url, method, interval_ms AS "intervalMs", timeout_ms AS "timeoutMs",
         max_redirects AS "maxRedirects", expected_statuses AS "expectedStatuses", regions, assertions,
         degraded_above_ms AS "degradedAboveMs", headers, body, verify_tls AS "verifyTls", auth_sealed AS "authSealed",
         organisation_id AS "organisationId", ${connectionColumn}, (SELECT count(*)::int FROM candidate) AS known
       FROM monitor m JOIN placed USING (id)
       WHERE $3::int IS NULL OR bytes_before < ${pageBytes} ORDER BY id LIMIT $3`,
      [region, after, limit],
    );
    const known = rows[0]?.known ?? 0;
    const assignments = rows.map(({ known: _, ...row }) => row);
    return { assignments, next: rows.length < known ? (assignments.at(-1)?.monitorId ?? null) : null };
  },
});
export type RegionStore = ReturnType<typeof regionStore>;
