import type { Sql } from '../../db.ts';

export type Buckets = Readonly<{ monitorId: string; from: number; to: number; bucketMs: number }>;
export type Point = Readonly<{
  region: string;
  at: Date;
  meanMs: number | null;
  maxMs: number | null;
  checks: number;
  down: number;
}>;

/** The shortest bucket: finer than any interval shows nothing. */
const minBucketMs = 1_000;

/** The length that covers the range in at most this many buckets. */
export const bucketLength = (from: number, to: number, points: number): number =>
  Math.max(minBucketMs, Math.ceil((to - from) / points));

/**
 * Response times by region and bucket, in that order; buckets without a look are left out. Mean and slowest are over
 * looks that got an answer; a look that was missed is no check here.
 */
export const responseTimes = async (
  sql: Sql,
  { monitorId, from, to, bucketMs }: Buckets,
): Promise<readonly Point[]> => {
  const { rows } = await sql.query<Point>(
    `SELECT region,
       date_bin($4::float8 * interval '1 millisecond', scheduled_at, to_timestamp($2::float8 / 1000)) AS at,
       (avg(total_us) FILTER (WHERE status IS NOT NULL) / 1000)::float8 AS "meanMs",
       (max(total_us) FILTER (WHERE status IS NOT NULL) / 1000.0)::float8 AS "maxMs",
       (count(*) FILTER (WHERE verdict <> 'missed'))::int AS checks,
       (count(*) FILTER (WHERE verdict = 'down'))::int AS down
     FROM check_result
     WHERE monitor_id = $1
       AND scheduled_at >= to_timestamp($2::float8 / 1000) AND scheduled_at < to_timestamp($3::float8 / 1000)
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [monitorId, from, to, bucketMs],
  );
  return rows;
};
