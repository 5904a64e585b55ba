import type { Sql } from '../../db.ts';

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;
const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** A region without a sign of life since then, epoch ms. */
export type DarkRegion = Readonly<{ id: string; since: number }>;

/** The regions that are dark now. */
export const darkRegions = async (sql: Sql): Promise<readonly DarkRegion[]> => {
  const { rows } = await sql.query<DarkRegion>(
    `SELECT region AS id, ${ms('started_at')} AS since FROM region_outage WHERE ended_at IS NULL ORDER BY region`,
  );
  return rows;
};

/** Regions and when each was last there; one that never was counts from when it was made. */
export const lastSigns = async (sql: Sql): Promise<readonly Readonly<{ id: string; seenAt: number }>[]> => {
  const { rows } = await sql.query<{ id: string; seenAt: number }>(
    `SELECT id, ${ms('coalesce(last_seen_at, created_at)')} AS "seenAt" FROM region ORDER BY id`,
  );
  return rows;
};

/** Ends the outages of regions that have been there since, and of those that are no more. */
export const endOutages = async (sql: Sql, now: number): Promise<void> => {
  await sql.query(
    `UPDATE region_outage o SET ended_at = r.last_seen_at FROM region r
     WHERE r.id = o.region AND o.ended_at IS NULL AND r.last_seen_at > o.started_at`,
  );
  await sql.query(
    `UPDATE region_outage SET ended_at = greatest(started_at, ${at(1)})
     WHERE ended_at IS NULL AND region NOT IN (SELECT id FROM region)`,
    [now],
  );
};

/** Notes that a region is dark; known already = nothing. */
export const beginOutage = async (sql: Sql, { id, since }: DarkRegion): Promise<void> => {
  await sql.query(
    `INSERT INTO region_outage AS o (region, started_at, told_until) SELECT $1, ${at(2)}, ${at(2)}
     WHERE NOT EXISTS (SELECT 1 FROM region_outage WHERE region = $1 AND ended_at IS NULL)
     ON CONFLICT (region, started_at) DO UPDATE SET ended_at = NULL`,
    [id, since],
  );
};

/** A stretch of darkness whose slots are not all in the log; the moments are epoch ms, `until` null while it lasts. */
export type Untold = Readonly<{ region: string; startedAt: number; from: number; until: number | null }>;
export const untoldOutages = async (sql: Sql): Promise<readonly Untold[]> => {
  const { rows } = await sql.query<Untold>(
    `SELECT region, ${ms('started_at')} AS "startedAt", ${ms('told_until')} AS "from", ${ms('ended_at')} AS until
     FROM region_outage WHERE ended_at IS NULL OR told_until < ended_at ORDER BY region, started_at`,
  );
  return rows;
};
export const saveTold = async (sql: Sql, { region, startedAt }: Untold, until: number): Promise<void> => {
  await sql.query(
    `UPDATE region_outage SET told_until = greatest(told_until, ${at(3)})
     WHERE region = $1 AND started_at = ${at(2)}`,
    [region, startedAt, until],
  );
};
