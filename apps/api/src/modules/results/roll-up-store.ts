import { histogramOf } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { aDay, anHour, fiveMinutes, type RollUpLength } from './roll-up-lengths.ts';
import { fromLog, phaseColumns, tableOf } from './roll-up-sql.ts';
import { noPhases, phasesOf, type Tally } from './tally.ts';

/** `at`: where the stretch begins, epoch ms. `region`: its number in the log. */
export type RollUp = Tally & Readonly<{ at: number; region: number }>;

type Row = Omit<RollUp, 'at' | 'histogram' | 'phases'> & {
  slot: number;
  histogram: [number, number][] | null;
  /** Null in roll-ups from before phases were kept. */
  answered: number | null;
  phaseUs: (number | null)[];
};
const rowColumns = `t.slot, t.region, t.up, t.degraded, t.down, t.inconclusive, t.missed, t.max_us AS "maxUs",
  t.sum_us::float8 AS "sumUs", t.histogram, t.answered,
  ARRAY[${phaseColumns.map((name) => `t.${name}`).join(', ')}]::float8[] AS "phaseUs"`;
const rollUpOf =
  (length: RollUpLength) =>
  ({ slot, histogram, answered, phaseUs, ...row }: Row): RollUp => ({
    ...row,
    at: slot * length * 1_000,
    histogram: histogramOf(histogram ?? []),
    phases: answered === null ? noPhases : phasesOf(answered, phaseUs),
  });

/** A stretch of one monitor's time, in slots of a length; `before` is exclusive. */
type Stretch = Readonly<{ monitor: number; from: number; before: number }>;

const readMade = async (sql: Sql, length: RollUpLength, { monitor, from, before }: Stretch): Promise<RollUp[]> => {
  if (from >= before) return [];
  const { rows } = await sql.query<Row>(
    `SELECT ${rowColumns} FROM ${tableOf[length]} t WHERE t.monitor = $1 AND t.slot >= $2 AND t.slot < $3`,
    [monitor, from, before],
  );
  return rows.map(rollUpOf(length));
};

const readLog = async (sql: Sql, { monitor, from, before }: Stretch): Promise<RollUp[]> => {
  if (from >= before) return [];
  const wanted = '(SELECT $1::int4 AS monitor, slot FROM generate_series($2::int4, $3::int4) AS slot)';
  const { rows } = await sql.query<Row>(`SELECT ${rowColumns} FROM (${fromLog(wanted)}) AS t`, [
    monitor,
    from,
    before - 1,
  ]);
  return rows.map(rollUpOf(fiveMinutes));
};

const progress = async (sql: Sql): Promise<ReadonlyMap<number, number>> => {
  const { rows } = await sql.query<{ length: number; slot: number }>(
    'SELECT length_s AS length, slot FROM roll_up_progress',
  );
  return new Map(rows.map(({ length, slot }) => [length, slot]));
};

/** The lengths from this one down to the finest. */
const downFrom = (length: RollUpLength): readonly RollUpLength[] =>
  ([aDay, anHour, fiveMinutes] as const).filter((one) => one <= length);

export type RollUpRange = Readonly<{ monitor: number; from: number; to: number }>;

/**
 * The roll-ups of a monitor from `from` to `to` (epoch ms, on borders of `length`), none coarser than `length`; finer ones
 * where those are not made yet, and the log itself at the end. By no order.
 */
export const readRollUps = async (
  sql: Sql,
  length: RollUpLength,
  { monitor, from, to }: RollUpRange,
): Promise<readonly RollUp[]> => {
  const made = await progress(sql);
  const found: RollUp[] = [];
  let reached = from;
  for (const one of downFrom(length)) {
    const end = Math.min(to, (made.get(one) ?? 0) * one * 1_000);
    const slotOf = (at: number) => Math.floor(at / (one * 1_000));
    found.push(...(await readMade(sql, one, { monitor, from: slotOf(reached), before: slotOf(end) })));
    reached = Math.max(reached, end);
  }
  const slotOf = (at: number) => Math.floor(at / (fiveMinutes * 1_000));
  return [...found, ...(await readLog(sql, { monitor, from: slotOf(reached), before: slotOf(to) }))];
};

/** The five minutes (where they begin, epoch ms) in which some scheduled look took longer than this to answer. */
export const slowFiveMinutes = async (
  sql: Sql,
  { monitor, from, to }: RollUpRange,
  aboveMs: number,
): Promise<readonly number[]> => {
  const slotOf = (at: number) => Math.floor(at / (fiveMinutes * 1_000));
  const made = Math.min(slotOf(to) + 1, (await progress(sql)).get(fiveMinutes) ?? 0);
  const { rows } = await sql.query<{ slot: number }>(
    `SELECT DISTINCT slot FROM ${tableOf[fiveMinutes]} WHERE monitor = $1 AND slot >= $2 AND slot < $3 AND max_us > $4`,
    [monitor, slotOf(from), made, aboveMs * 1_000],
  );
  const rest = await readLog(sql, { monitor, from: Math.max(slotOf(from), made), before: slotOf(to) + 1 });
  const slow = rest.filter(({ maxUs }) => (maxUs ?? 0) > aboveMs * 1_000).map(({ at }) => at);
  return [...rows.map(({ slot }) => slot * fiveMinutes * 1_000), ...new Set(slow)];
};

/** Roll-ups of five minutes go with their day. */
export const forgetRollUps = async (tx: Sql, monitorId: string): Promise<void> => {
  for (const length of [anHour, aDay] as const)
    await tx.query(`DELETE FROM ${tableOf[length]} WHERE monitor = (SELECT seq FROM monitor WHERE id = $1)`, [
      monitorId,
    ]);
};
