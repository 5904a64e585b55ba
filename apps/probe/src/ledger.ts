import type { CheckResult, Verdict } from '@farwatch/domain';

/** Counts since the probe started; `due` = the five verdicts + what is open. */
export type Counts = Readonly<
  Record<Verdict, number> & { due: number; open: number; started: number; lateMaxMs: number }
>;

/**
 * The books of the scheduled looks: each slot that came due is open until its result is out of the process's hands (in
 * the queue, or on disk). A restart takes every slot after `settledUntil` as missed, so no kill leaves a hole.
 */
export type Ledger = Readonly<{
  due: (at: number) => void;
  started: (lateMs: number) => void;
  /** The monitor went away before its look began: nothing was due after all. */
  withdrawn: (at: number) => void;
  settled: (results: readonly CheckResult[]) => void;
  settledUntil: (now: number) => number;
  counts: () => Counts;
}>;

export const openLedger = (): Ledger => {
  const open = new Map<number, number>();
  const counts = { up: 0, degraded: 0, down: 0, inconclusive: 0, missed: 0, due: 0, started: 0, lateMaxMs: 0 };
  const add = (at: number, by: 1 | -1): void => {
    const left = (open.get(at) ?? 0) + by;
    if (left > 0) open.set(at, left);
    else open.delete(at);
  };
  return {
    due: (at) => {
      counts.due += 1;
      add(at, 1);
    },
    started: (lateMs) => {
      counts.started += 1;
      counts.lateMaxMs = Math.max(counts.lateMaxMs, lateMs);
    },
    withdrawn: (at) => {
      counts.due -= 1;
      add(at, -1);
    },
    settled: (results) => {
      for (const { trigger, scheduledAt, outcome } of results) {
        if (trigger !== 'schedule') continue;
        counts[outcome.verdict] += 1;
        add(scheduledAt, -1);
      }
    },
    settledUntil: (now) => {
      let until = now;
      for (const at of open.keys()) until = Math.min(until, at - 1);
      return until;
    },
    counts: () => ({ ...counts, open: [...open.values()].reduce((sum, n) => sum + n, 0) }),
  };
};
