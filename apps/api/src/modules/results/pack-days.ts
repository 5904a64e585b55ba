import type { Db, Sql } from '../../db.ts';
import {
  awaitsRollUp,
  ensurePackedDay,
  exchange,
  freshDays,
  lockFreshDay,
  type PackedDay,
  packMonitor,
  unpackChanged,
  unpackedMonitors,
} from './pack-store.ts';
import { dayMs } from './stored-result.ts';

/** A day is packed two days after it closed: results are taken for 26 hours. */
const restDays = 3;
/** Monitors of one transaction. */
const portion = 10;
/** Transactions of one run: the worker has other things to do as well. */
const maxPortions = 200;

/** One worker at a time; another finds the lock taken and has nothing to do. */
const lockKey = 7_203_771_408;
const locked = async (tx: Sql): Promise<boolean> => {
  const { rows } = await tx.query<{ locked: boolean }>(`SELECT pg_try_advisory_xact_lock(${lockKey}) AS locked`);
  return rows[0]?.locked === true;
};

type Step = 'more' | 'packed' | 'later';

const packPortion = async (tx: Sql, day: PackedDay): Promise<Step> => {
  if (!(await locked(tx))) return 'later';
  await ensurePackedDay(tx, day.day);
  const monitors = await unpackedMonitors(tx, day, portion);
  for (const monitor of monitors) await packMonitor(tx, monitor, day.day);
  return monitors.length > 0 ? 'more' : 'packed';
};

/** Exchanges the forms once every result of the day is in both. */
const finish = async (tx: Sql, day: PackedDay): Promise<Step> => {
  if (!(await locked(tx))) return 'later';
  if (!(await lockFreshDay(tx, day.day))) return 'packed'; // by another worker
  if (await awaitsRollUp(tx, day.day)) return 'later';
  if ((await unpackChanged(tx, day)) > 0) return 'more';
  await exchange(tx, day.day);
  return 'packed';
};

/**
 * Packs the days that closed two days before `now` (epoch ms), oldest first, some monitors a transaction; a day is read
 * in its old form until all of it is packed. Killed anywhere, the next run goes on where this one was.
 */
export const packDays =
  ({ db }: Readonly<{ db: Pick<Db, 'sql' | 'transaction'> }>) =>
  async (now: number): Promise<void> => {
    const today = Math.floor(now / dayMs);
    let left = maxPortions;
    for (const day of await freshDays(db.sql, today - restDays)) {
      const closed: PackedDay = { day, ageDays: today - day };
      for (let step: Step = 'more'; step === 'more'; ) {
        if (left-- === 0) return;
        step = await db.transaction((tx) => packPortion(tx, closed));
        if (step === 'packed') step = await db.transaction((tx) => finish(tx, closed));
        // Packed days are older than all that are not: so no day overtakes another.
        if (step === 'later') return;
      }
    }
  };
