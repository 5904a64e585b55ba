import type { SignOfLife } from '@farwatch/contracts';
import type { Assignments } from './assignments.ts';
import type { Ledger } from './ledger.ts';
import type { Receipts } from './receipts.ts';
import type { Sight } from './sight.ts';
import type { Time } from './time.ts';

const version = '0.1.0';

type SelfDescription = Readonly<{
  probeId: string;
  time: Time;
  sight: Sight;
  ledger: Ledger;
  assignments: Assignments;
  receipts: Receipts;
  /** It has just seen that it is blind. */
  onBlind: () => void;
}>;
/** What the probe says of itself in a sign of life. While it is blind it looks again before it speaks: nothing else may be failing any more. */
export const describeSelf =
  ({ probeId, time, sight, ledger, assignments, receipts, onBlind }: SelfDescription) =>
  async (): Promise<SignOfLife> => {
    const now = performance.now();
    const blind = sight.isBlind() && ((await sight.isLost(now)) || (await sight.isDeaf(now)));
    if (blind) onBlind();
    const { due, open, up, degraded, down, inconclusive, missed } = ledger.counts();
    return {
      ...{ probeId, version, at: new Date().toISOString(), clockOffsetMs: time.measuredAheadMs(), blind },
      assignments: assignments.etag(),
      batches: [...receipts.asked()],
      counts: { due, open, up, degraded, down, inconclusive, missed },
    };
  };
