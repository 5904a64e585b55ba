import { aDay, anHour, fiveMinutes, type RollUpLength } from './roll-up-lengths.ts';

export const tableOf: Readonly<Record<RollUpLength, string>> = {
  [fiveMinutes]: 'roll_up_5m',
  [anHour]: 'roll_up_1h',
  [aDay]: 'roll_up_1d',
};

const counts = ['up', 'degraded', 'down', 'inconclusive', 'missed'];
/** Sums over the looks that got an answer; they add up to `sum_us`. */
export const phaseColumns = ['dns_us', 'connect_us', 'tls_us', 'first_byte_us', 'download_us'] as const;
const columns = [
  ...['monitor', 'slot', 'region', ...counts, 'max_us', 'sum_us', 'histogram', 'answered'],
  ...phaseColumns,
];

/**
 * Roll-ups of five minutes from the log, of the (monitor, slot) pairs in `wanted`: the columns of the tables. Only
 * scheduled looks are in them: looks out of turn come where something fails, and would weigh too much. Times are those of
 * looks that got an answer. OFFSET holds the planner to one short walk of the index for each pair.
 */
export const fromLog = (wanted: string): string => `
  SELECT monitor, slot, region,
    ${counts.map((name, code) => `coalesce(sum(n) FILTER (WHERE verdict = ${code}), 0)::int AS ${name}`).join(', ')},
    max(max_us) AS max_us, coalesce(sum(sum_us), 0)::int8 AS sum_us,
    array_agg(ARRAY[bucket, n::int]) FILTER (WHERE bucket IS NOT NULL) AS histogram,
    coalesce(sum(n) FILTER (WHERE bucket IS NOT NULL), 0)::int AS answered,
    ${phaseColumns.map((name) => `coalesce(sum(${name}), 0)::int8 AS ${name}`).join(', ')}
  FROM (
    SELECT r.monitor, w.slot, r.place >> 2 AS region, r.kind & 7 AS verdict,
      CASE WHEN r.status IS NOT NULL THEN time_bucket(r.total_us) END AS bucket, count(*) AS n,
      max(r.total_us) FILTER (WHERE r.status IS NOT NULL) AS max_us,
      sum(r.total_us) FILTER (WHERE r.status IS NOT NULL) AS sum_us,
      ${phaseColumns.map((name) => `sum(r.${name}) FILTER (WHERE r.status IS NOT NULL) AS ${name}`).join(', ')}
    FROM ${wanted} w CROSS JOIN LATERAL (
      SELECT * FROM fresh_result WHERE monitor = w.monitor AND day = w.slot / 288
        AND at_ms >= w.slot % 288 * 300000 AND at_ms < (w.slot % 288 + 1) * 300000 AND kind < 8 OFFSET 0) AS r
    GROUP BY 1, 2, 3, 4, 5) AS g
  GROUP BY 1, 2, 3`;

const parts = (wanted: string, finer: string, per: number): string => `${wanted} w CROSS JOIN LATERAL (
      SELECT * FROM ${finer} WHERE monitor = w.monitor AND slot >= w.slot * ${per} AND slot < (w.slot + 1) * ${per} OFFSET 0) AS p`;

/**
 * Roll-ups from finer ones, of the (monitor, slot) pairs in `wanted`; `per` finer slots are one. Where a part was made
 * before phases were kept, those of the whole are not known either.
 */
const fromFiner = (wanted: string, finer: string, per: number): string => `
  SELECT c.monitor, c.slot, c.region, ${counts.map((name) => `c.${name}`).join(', ')}, c.max_us, c.sum_us, h.histogram,
    c.answered, ${phaseColumns.map((name) => `c.${name}`).join(', ')}
  FROM (
    SELECT p.monitor, w.slot, p.region, ${counts.map((name) => `sum(p.${name})::int AS ${name}`).join(', ')},
      max(p.max_us) AS max_us, sum(p.sum_us)::int8 AS sum_us,
      CASE WHEN bool_and(p.answered IS NOT NULL) THEN sum(p.answered)::int END AS answered,
      ${phaseColumns.map((name) => `sum(p.${name})::int8 AS ${name}`).join(', ')}
    FROM ${parts(wanted, finer, per)}
    GROUP BY 1, 2, 3) AS c
  LEFT JOIN (
    SELECT monitor, slot, region, array_agg(ARRAY[bucket, n]) AS histogram FROM (
      SELECT p.monitor, w.slot, p.region, p.histogram[i][1] AS bucket, sum(p.histogram[i][2])::int AS n
      FROM ${parts(wanted, finer, per)}
      CROSS JOIN generate_subscripts(p.histogram, 1) AS i
      GROUP BY 1, 2, 3, 4) AS b
    GROUP BY 1, 2, 3) AS h ON h.monitor = c.monitor AND h.slot = c.slot AND h.region = c.region`;

const sources: Readonly<Record<RollUpLength, string>> = {
  [fiveMinutes]: fromLog('wanted'),
  [anHour]: fromFiner('wanted', tableOf[fiveMinutes], anHour / fiveMinutes),
  [aDay]: fromFiner('wanted', tableOf[anHour], aDay / anHour),
};
const coarser: Readonly<Record<RollUpLength, RollUpLength | null>> = {
  [fiveMinutes]: anHour,
  [anHour]: aDay,
  [aDay]: null,
};

/** What was reckoned anew has to be reckoned anew in the coarser roll-up too. */
const markCoarser = (length: RollUpLength): string => {
  const next = coarser[length];
  if (next === null) return '';
  return `, marked AS (
    INSERT INTO roll_up_mark (length_s, slot, monitors)
    SELECT ${next}, slot / ${next / length}, array_agg(DISTINCT monitor) FROM wanted GROUP BY 2, monitor / 1000)`;
};

/**
 * Takes up to $3 marks of closed slots (before $1, not before $2) and makes their roll-ups anew, in one statement: a
 * mark that it sees was committed with results that it sees. Answers how many marks it took.
 */
export const makeSql = (length: RollUpLength): string => `
  WITH due AS (
    DELETE FROM roll_up_mark WHERE id IN (
      SELECT id FROM roll_up_mark WHERE length_s = ${length} AND slot < $1 ORDER BY id LIMIT $3) RETURNING slot, monitors),
  wanted AS MATERIALIZED (
    SELECT DISTINCT slot, seq AS monitor FROM due CROSS JOIN unnest(monitors) AS named JOIN monitor ON seq = named
    WHERE slot >= $2)${markCoarser(length)},
  made AS (
    INSERT INTO ${tableOf[length]} (${columns.join(', ')}) ${sources[length]}
    ON CONFLICT (monitor, slot, region) DO UPDATE SET
      ${columns
        .slice(3)
        .map((name) => `${name} = excluded.${name}`)
        .join(', ')})
  SELECT count(*)::int AS taken FROM due`;
