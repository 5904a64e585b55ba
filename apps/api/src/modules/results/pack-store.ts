import type { Sql } from '../../db.ts';
import { verdictCodeOf } from './log-codes.ts';
import { pack, runLength } from './pack-codec.ts';
import { dayMs, type StoredResult, storedColumns } from './stored-result.ts';

// Days are counted since 1970. A partition is named after its day.
const nameOf = (day: number): string => `day_${new Date(day * dayMs).toISOString().slice(0, 10).replaceAll('-', '')}`;

/** The monitors whose results of a day ($1, $2 days ago) are wanted when it is packed: those that are there and whose organisation keeps its log so long. */
const kept = `SELECT m.seq FROM monitor m JOIN organisation o ON o.id = m.organisation_id WHERE o.log_days >= $2::int4`;

export type PackedDay = Readonly<{ day: number; ageDays: number }>;

/** Days up to `newest` that have results in the fresh form, oldest first. */
export const freshDays = async (sql: Sql, newest: number): Promise<readonly number[]> => {
  const { rows } = await sql.query<{ day: number }>(
    `SELECT day FROM (
       SELECT to_date(substring(c.relname FROM 5), 'YYYYMMDD') - date '1970-01-01' AS day FROM pg_class c
       WHERE c.relnamespace = 'fresh_results'::regnamespace AND c.relkind = 'r' AND c.relname ~ '^day_[0-9]{8}$') AS d
     WHERE day <= $1 ORDER BY day`,
    [newest],
  );
  return rows.map(({ day }) => day);
};

export const ensurePackedDay = async (tx: Sql, day: number): Promise<void> => {
  await tx.query(
    `CREATE TABLE IF NOT EXISTS packed_results.${nameOf(day)} PARTITION OF packed_result FOR VALUES FROM (${day}) TO (${day + 1})`,
  );
};

/** Some monitors that have results of the day and none of them packed. */
export const unpackedMonitors = async (
  tx: Sql,
  { day, ageDays }: PackedDay,
  count: number,
): Promise<readonly number[]> => {
  const { rows } = await tx.query<{ seq: number }>(
    `${kept} AND EXISTS (SELECT 1 FROM fresh_result r WHERE r.monitor = m.seq AND r.day = $1::int4)
       AND NOT EXISTS (SELECT 1 FROM packed_result p WHERE p.monitor = m.seq AND p.day = $1::int4)
     ORDER BY m.seq LIMIT $3`,
    [day, ageDays, count],
  );
  return rows.map(({ seq }) => seq);
};

/** Runs of at most `runLength`, but for looks of one moment, which stay together: so runs of a monitor don't overlap. */
const runsOf = (results: readonly StoredResult[]): readonly (readonly StoredResult[])[] => {
  const runs: StoredResult[][] = [];
  for (const result of results) {
    const run = runs.at(-1);
    const full = run === undefined || (run.length >= runLength && run.at(-1)?.scheduledAt !== result.scheduledAt);
    if (full) runs.push([result]);
    else run.push(result);
  }
  return runs;
};

const distinct = (values: readonly number[]): readonly number[] => [...new Set(values)];

const insertRun = async (tx: Sql, monitor: number, day: number, run: readonly StoredResult[]): Promise<void> => {
  await tx.query(
    `INSERT INTO packed_result (first_at, last_at, monitor, results, day, verdicts, places, statuses, packed)
     VALUES ($1, $2, $3, $4, $5, $6, $7::int2[], $8::int2[], $9)`,
    [
      run[0]?.scheduledAt,
      run.at(-1)?.scheduledAt,
      monitor,
      run.length,
      day,
      run.reduce((mask, { kind }) => mask | (1 << verdictCodeOf(kind)), 0),
      distinct(run.map(({ place }) => place)),
      distinct(run.flatMap(({ status }) => status ?? [])),
      pack(run),
    ],
  );
};

/** Packs one monitor's day; nothing is taken from its fresh form. */
export const packMonitor = async (tx: Sql, monitor: number, day: number): Promise<void> => {
  const { rows } = await tx.query<StoredResult>(
    `SELECT ${storedColumns} FROM fresh_result r WHERE r.monitor = $1::int4 AND r.day = $2::int4
     ORDER BY r.at_ms, r.place`,
    [monitor, day],
  );
  for (const run of runsOf(rows)) await insertRun(tx, monitor, day, run);
};

/** Takes back what was packed of monitors whose day got more results since, and answers how many those are. */
export const unpackChanged = async (tx: Sql, { day, ageDays }: PackedDay): Promise<number> => {
  const { rowCount } = await tx.query(
    `WITH changed AS (
       SELECT f.monitor FROM (SELECT monitor, count(*) AS n FROM fresh_result WHERE day = $1::int4 GROUP BY monitor) AS f
       JOIN (${kept}) AS k ON k.seq = f.monitor
       LEFT JOIN (SELECT monitor, sum(results) AS n FROM packed_result WHERE day = $1::int4 GROUP BY monitor) AS p
         ON p.monitor = f.monitor
       WHERE p.n IS DISTINCT FROM f.n),
     gone AS (DELETE FROM packed_result WHERE day = $1::int4 AND monitor IN (SELECT monitor FROM changed))
     SELECT 1 FROM changed`,
    [day, ageDays],
  );
  return rowCount ?? 0;
};

/** Whether slots of the day still wait for their roll-up, which is made of the fresh form. */
export const awaitsRollUp = async (tx: Sql, day: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    'SELECT 1 FROM roll_up_mark WHERE length_s = 300 AND slot >= $1 AND slot < $2 LIMIT 1',
    [day * 288, (day + 1) * 288],
  );
  return (rowCount ?? 0) > 0;
};

/** From here on the day is read in its packed form, and the other is gone. */
export const exchange = async (tx: Sql, day: number): Promise<void> => {
  await tx.query(
    `INSERT INTO packed_day (day, results, left_out)
     SELECT $1::int4, p.n, (SELECT count(*) FROM fresh_result WHERE day = $1::int4) - p.n
     FROM (SELECT coalesce(sum(results), 0) AS n FROM packed_result WHERE day = $1::int4) AS p`,
    [day],
  );
  await tx.query(`DROP TABLE fresh_results.${nameOf(day)}`);
};

/** Nobody writes to the day until the transaction ends; false when it is not there any more. */
export const lockFreshDay = async (tx: Sql, day: number): Promise<boolean> => {
  // Waiting for a long read would make everybody wait behind; the next round tries again.
  await tx.query(`SET LOCAL lock_timeout = '2s'`);
  await tx.query(`SET LOCAL statement_timeout = '15min'`); // the day is counted, however many results it has
  await tx.query('SELECT pg_advisory_xact_lock(7203771402)'); // as those that make and drop days
  if (!(await freshDays(tx, day)).includes(day)) return false;
  await tx.query(`LOCK TABLE fresh_results.${nameOf(day)} IN SHARE ROW EXCLUSIVE MODE`);
  return true;
};
