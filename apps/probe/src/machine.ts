import { uptime } from 'node:os';
import type { Reading } from '@farwatch/domain';

/** The clocks of a machine, in ms: the one that is set, one that nobody sets, and one that counts on while the machine sleeps. */
export type Machine = Readonly<{ wall: () => number; monotonic: () => number; awakeOrNot: () => number }>;

/** Elsewhere than on Linux the uptime is reckoned from the wall clock, and would move with it. */
const countsSleep = process.platform === 'linux';
export const thisMachine: Machine = {
  wall: Date.now,
  monotonic: () => performance.now(),
  awakeOrNot: () => (countsSleep ? uptime() * 1_000 : performance.now()),
};

/** Shorter sleeps look like the uptime's own coarseness. */
const shortestSleepMs = 1_000;

/**
 * Reads wall clock and steady clock at once. The steady clock counts a sleep of the machine too: that is looked for only
 * when the two have moved apart, since it means reading a file.
 */
export const machineReader = ({ wall, monotonic, awakeOrNot }: Machine): (() => Reading) => {
  let slept = 0;
  let apart = wall() - monotonic();
  let gap = awakeOrNot() - monotonic();
  return () => {
    const reading = { wall: wall(), monotonic: monotonic() };
    const moved = reading.wall - reading.monotonic;
    if (Math.abs(moved - apart) > shortestSleepMs) {
      const gapNow = awakeOrNot() - monotonic();
      if (gapNow - gap > shortestSleepMs) slept += gapNow - gap;
      gap = gapNow;
    }
    apart = moved;
    return { wall: reading.wall, steady: reading.monotonic + slept };
  };
};
