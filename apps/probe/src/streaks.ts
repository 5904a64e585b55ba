import { type CheckResult, failureCode } from '@farwatch/domain';

/** What the probe remembers of monitors: the code of a running failure, and when evidence of one was last kept. */
export type Streaks = Readonly<{
  /** The result with its evidence taken off unless it shows something new, and whether it can't wait. */
  observe: (result: CheckResult) => Readonly<{ result: CheckResult; urgent: boolean }>;
  keepOnly: (monitorIds: ReadonlySet<string>) => void;
}>;

/** A site that fails differently at every look, or every other look, must not send its whole page each time. */
const evidenceEveryMs = 60_000;

type Failing = Readonly<{
  /** The failure that evidence was kept of in this streak; null when none was yet, or it is over. */
  shown: string | null;
  failing: boolean;
  /** The slot of the last evidence, epoch ms. */
  shownAt: number;
}>;
const unknown: Failing = { shown: null, failing: false, shownAt: Number.NEGATIVE_INFINITY };

/** Bad news, what someone waits for, and the end of a failure leave at once; more of the good does not. */
export const openStreaks = (): Streaks => {
  const known = new Map<string, Failing>();
  /** Evidence that comes too soon is not lost: the next look with the same failure brings it. */
  const failed = (result: CheckResult, before: Failing, code: string): CheckResult => {
    const { monitorId, scheduledAt } = result;
    // Either way: after a clock was set back evidence must not stay away until it has caught up.
    const soon = Math.abs(scheduledAt - before.shownAt) < evidenceEveryMs;
    const { evidence, ...rest } = result;
    if (evidence === undefined || code === before.shown || soon) {
      known.set(monitorId, { ...before, failing: true });
      return rest;
    }
    known.set(monitorId, { shown: code, failing: true, shownAt: scheduledAt });
    return result;
  };
  return {
    observe: (result) => {
      const { monitorId, outcome, trigger } = result;
      const before = known.get(monitorId) ?? unknown;
      const asked = trigger !== 'schedule';
      switch (outcome.verdict) {
        case 'down':
          return { result: failed(result, before, failureCode(outcome.failure)), urgent: true };
        case 'up':
        case 'degraded':
          if (before.failing) known.set(monitorId, { ...before, shown: null, failing: false });
          return { result, urgent: asked || before.failing };
        case 'inconclusive':
        case 'missed':
          return { result, urgent: asked };
      }
    },
    keepOnly: (monitorIds) => {
      for (const id of known.keys()) if (!monitorIds.has(id)) known.delete(id);
    },
  };
};
