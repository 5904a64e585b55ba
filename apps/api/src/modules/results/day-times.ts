import { histogramOf, percentileUs } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { anHour, fiveMinutes } from './roll-up-lengths.ts';
import { tableOf } from './roll-up-sql.ts';

/** Mean of each hour, oldest first, and the 95th percentile of them all, in milliseconds; null = no answer. */
export type DayTimes = Readonly<{ times: readonly (number | null)[]; p95Ms: number | null }>;

type Row = { monitorId: string; slots: number[]; sums: number[]; counts: number[]; buckets: number[]; each: number[] };

/**
 * Sums and histograms are added up by the database: a row for each monitor, not one for each of its hours and regions. Hours
 * that are not rolled up yet come from their five minutes, as far as those are.
 */
const query = `
  WITH own AS (SELECT id, seq FROM monitor WHERE id = ANY($1::uuid[])),
  made AS (SELECT coalesce(min(slot), 0) AS slot FROM roll_up_progress WHERE length_s = ${anHour}),
  part AS (
    SELECT t.monitor, t.slot, t.sum_us, t.answered, t.histogram FROM ${tableOf[anHour]} t, made
    WHERE t.monitor IN (SELECT seq FROM own) AND t.slot >= $2 AND t.slot < $3 AND t.slot < made.slot
    UNION ALL
    SELECT t.monitor, t.slot / 12, t.sum_us, t.answered, t.histogram FROM ${tableOf[fiveMinutes]} t, made
    WHERE t.monitor IN (SELECT seq FROM own) AND t.slot >= greatest($2, made.slot) * 12 AND t.slot < $3 * 12),
  bucket AS (SELECT monitor, unnest(histogram[:][1:1]) AS bucket, unnest(histogram[:][2:2]) AS n FROM part),
  whole AS (SELECT monitor, bucket, sum(n)::int AS n FROM bucket GROUP BY 1, 2),
  summed AS (
    SELECT monitor, slot, sum(sum_us)::float8 AS us,
      sum(coalesce(answered, (SELECT sum(n) FROM unnest(histogram[:][2:2]) AS n), 0))::int AS n
    FROM part GROUP BY 1, 2),
  hours AS (
    SELECT monitor, array_agg(slot) AS slots, array_agg(n) AS counts, array_agg(us) AS sums
    FROM summed WHERE n > 0 GROUP BY 1),
  buckets AS (SELECT monitor, array_agg(bucket) AS buckets, array_agg(n) AS each FROM whole GROUP BY 1)
  SELECT own.id AS "monitorId", h.slots, h.counts, h.sums, b.buckets, b.each
  FROM own JOIN hours h ON h.monitor = own.seq JOIN buckets b ON b.monitor = own.seq`;

const millis = (us: number): number => Math.round(us / 1_000);

const timesOf = ({ slots, sums, counts, buckets, each }: Row, firstHour: number, hours: number): DayTimes => {
  const times: (number | null)[] = Array.from({ length: hours }, () => null);
  for (const [i, slot] of slots.entries()) times[slot - firstHour] = millis((sums[i] ?? 0) / (counts[i] ?? 1));
  const p95 = percentileUs(histogramOf(buckets.map((bucket, i) => [bucket, each[i] ?? 0] as const)), 0.95);
  return { times, p95Ms: p95 === null ? null : millis(p95) };
};

/** The response times of the `hours` hours from `firstHour` on (hours since 1970, UTC), of those monitors that have any. */
export const dayTimes = async (
  sql: Sql,
  monitorIds: readonly string[],
  { firstHour, hours }: Readonly<{ firstHour: number; hours: number }>,
): Promise<ReadonlyMap<string, DayTimes>> => {
  const { rows } = await sql.query<Row>(query, [monitorIds, firstHour, firstHour + hours]);
  return new Map(rows.map((row) => [row.monitorId, timesOf(row, firstHour, hours)]));
};
