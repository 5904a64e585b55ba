import { type CheckResult, failureCode } from '@farwatch/domain';

/** What the probe remembers of a monitor: the code of its running failure, null when its last look was good. */
export type Streaks = Readonly<{
  /** The result with its evidence taken off unless a streak or a new code begins, and whether it can't wait. */
  observe: (result: CheckResult) => Readonly<{ result: CheckResult; urgent: boolean }>;
  keepOnly: (monitorIds: ReadonlySet<string>) => void;
}>;

/** Bad news, what someone waits for, and the end of a failure leave at once; more of the good does not. */
export const openStreaks = (): Streaks => {
  const running = new Map<string, string>();
  return {
    observe: (result) => {
      const { monitorId, outcome, trigger } = result;
      const before = running.get(monitorId);
      const asked = trigger !== 'schedule';
      switch (outcome.verdict) {
        case 'down': {
          const code = failureCode(outcome.failure);
          running.set(monitorId, code);
          if (code !== before) return { result, urgent: true };
          const { evidence: _known, ...rest } = result;
          return { result: rest, urgent: true };
        }
        case 'up':
        case 'degraded':
          running.delete(monitorId);
          return { result, urgent: asked || before !== undefined };
        case 'inconclusive':
        case 'missed':
          return { result, urgent: asked };
      }
    },
    keepOnly: (monitorIds) => {
      for (const id of running.keys()) if (!monitorIds.has(id)) running.delete(id);
    },
  };
};
