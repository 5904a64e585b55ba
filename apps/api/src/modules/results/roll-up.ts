import type { Db, Sql } from '../../db.ts';
import { aDay, anHour, fiveMinutes, type RollUpLength } from './roll-up-lengths.ts';
import { makeSql } from './roll-up-sql.ts';

/** A slot is rolled up so long after its end: most of what belongs to it has come by then. The rest comes as late results. */
const graceMs = 15_000;
/** Marks that one transaction takes, of up to 500 monitors each, and transactions of one run. */
const portion = 100;
const maxPortions = 200;
/** So many days back the roll-ups of five minutes have a place. */
const keptDays = 30;

/** One worker at a time; another finds the lock taken and has nothing to do. */
const lockKey = 7_203_771_407;

const makePortion = async (
  tx: Sql,
  length: RollUpLength,
  { before, oldest }: Readonly<{ before: number; oldest: number }>,
): Promise<'busy' | 'more' | 'done'> => {
  const { rows: locks } = await tx.query<{ locked: boolean }>(`SELECT pg_try_advisory_xact_lock(${lockKey}) AS locked`);
  if (locks[0]?.locked !== true) return 'busy';
  const { rows } = await tx.query<{ taken: number }>(makeSql(length), [before, oldest, portion]);
  if (rows[0]?.taken === portion) return 'more';
  // All marks that were there are done: what is read from the log begins here.
  await tx.query('UPDATE roll_up_progress SET slot = $2 WHERE length_s = $1 AND slot < $2', [length, before]);
  return 'done';
};

const makeLength = async (
  db: Pick<Db, 'transaction'>,
  length: RollUpLength,
  slots: Readonly<{ before: number; oldest: number }>,
): Promise<'busy' | 'more' | 'done'> => {
  for (let i = 0; i < maxPortions; i++) {
    const how = await db.transaction((tx) => makePortion(tx, length, slots));
    if (how !== 'more') return how;
  }
  return 'more';
};

/**
 * Makes the roll-ups of all slots that got results since they were made and are closed at `now` (epoch ms): those of five
 * minutes from the log, of an hour from those, of a day from the hours'. Crashing anywhere loses nothing: a mark goes
 * with the roll-up that it asks for.
 */
export const rollUp =
  ({ db }: Readonly<{ db: Pick<Db, 'transaction'> }>) =>
  async (now: number): Promise<void> => {
    const closed = (length: RollUpLength) => Math.floor((now - graceMs) / (length * 1_000));
    const oldest = (length: RollUpLength) => (closed(aDay) - keptDays) * (aDay / length);
    for (const length of [fiveMinutes, anHour, aDay] as const) {
      const how = await makeLength(db, length, { before: closed(length), oldest: oldest(length) });
      if (how !== 'done') return; // coarser ones would be made of what is missing
    }
  };
