import type { AssignmentMap } from './assignments.ts';
import type { Runner } from './runner.ts';
import { missedWindowMs, type Timetable } from './timetable.ts';

/** Woken at least this often, to notice that the clock was set or the machine slept. */
const longestSleepMs = 1_000;
const clockSetBackMs = 2_000;

export type Clock = Readonly<{
  /** Epoch milliseconds. */
  now: () => number;
  /** Calls back after a while; the answer cancels it. */
  after: (ms: number, wake: () => void) => () => void;
}>;

export type Tick = Readonly<{
  /** From now on these are due. */
  assign: (assignments: AssignmentMap) => void;
  /** Begins with the slots after this moment; those already past are reported as missed by the restart. */
  start: (assignments: AssignmentMap, after: number) => void;
  /** Every slot up to this moment is in the runner's hands; what came due after it was not yet taken. */
  takenUntil: () => number;
  /** No new looks; resolves when those running have ended. */
  stop: () => Promise<void>;
}>;

/** One timer that sleeps until the next slot and hands what is due to the runner. */
export const openTick = (timetable: Timetable, runner: Runner, clock: Clock): Tick => {
  let assignments: AssignmentMap = new Map();
  let seen = clock.now();
  let started = false;
  let cancel = (): void => undefined;

  const wake = (): void => {
    cancel();
    const now = clock.now();
    if (now < seen - clockSetBackMs) timetable.reset(assignments, now);
    const slept = now - seen > 2 * longestSleepMs;
    seen = now;
    runner.offer(timetable.take(now), slept ? 'probe-offline' : 'overload');
    cancel = clock.after(Math.max(0, Math.min(longestSleepMs, timetable.nextAt() - clock.now())), wake);
  };
  return {
    assign: (wanted) => {
      assignments = wanted;
      runner.assign(wanted);
      timetable.set(wanted, clock.now());
      if (started) wake();
    },
    start: (wanted, after) => {
      const now = clock.now();
      assignments = wanted;
      runner.assign(wanted);
      timetable.reset(wanted, Math.max(Math.min(after, now), now - missedWindowMs));
      runner.miss(timetable.take(now), 'restart');
      seen = now;
      started = true;
      wake();
    },
    takenUntil: () => seen,
    stop: async () => {
      started = false;
      cancel();
      cancel = () => undefined;
      await runner.stop();
    },
  };
};
