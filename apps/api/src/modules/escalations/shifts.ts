import { setImmediate } from 'node:timers/promises';
import { type Schedule, type Shift, shiftsBetween } from '@farwatch/domain';
import { parseRange } from '../../keyset.ts';
import { invalidField } from '../../plugins/problems.ts';

const longestRangeMs = 366 * 86_400_000;
const mostShifts = 500;

type Moments = Readonly<{ from: number; to: number }>;

/** The range that shifts are asked for; throws 400, at `pointer`, for one that is too long. */
export const shiftRange = (given: Readonly<{ from: string; to: string }>, pointer: string): Moments => {
  const { from, to } = parseRange(given);
  if (from === null || to === null) throw new Error('shiftRange: the contract asks for both ends');
  if (to - from > longestRangeMs)
    throw invalidField(pointer, 'range-too-long', 'At most 366 days can be asked for at once.');
  return { from, to };
};

const view = ({ accountId, from, until }: Shift) => ({
  accountId,
  from: new Date(from).toISOString(),
  until: new Date(until).toISOString(),
});

/** A week at a time: a year of many rotations takes a moment to work out, and the others' requests go on meanwhile. */
const pieceMs = 7 * 86_400_000;

/** Who is on call from when to when by this schedule, as it is answered. */
export const shiftsIn = async (schedule: Schedule, { from, to }: Moments) => {
  const shifts: Shift[] = [];
  for (let at = from; at < to && shifts.length <= mostShifts; at += pieceMs) {
    for (const shift of shiftsBetween(schedule, at, Math.min(to, at + pieceMs), mostShifts)) {
      const last = shifts.at(-1);
      if (last?.accountId === shift.accountId) shifts[shifts.length - 1] = { ...last, until: shift.until };
      else shifts.push(shift);
    }
    await setImmediate();
  }
  return shifts.slice(0, mostShifts).map(view);
};
