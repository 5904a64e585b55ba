import type { CheckReport } from '@farwatch/contracts';
import type { Log } from './log.ts';
import { pause } from './pause.ts';
import type { Spool, Spooled } from './spool.ts';

export type DrainSettings = Readonly<{
  send: (report: CheckReport) => Promise<void>;
  spool: Spool;
  log: Log;
  /** Milliseconds on the clock that nobody sets. */
  steady: () => number;
}>;

/** All waits double from the first to the last, in milliseconds. */
export type Pace = Readonly<{
  away: Readonly<{ firstMs: number; lastMs: number }>;
  refused: Readonly<{ firstMs: number; lastMs: number; times: number }>;
}>;
/** A batch that is refused ten times, over about five minutes, while others go through is no fault of the queue's. */
const usualPace: Pace = {
  away: { firstMs: 500, lastMs: 5_000 },
  refused: { firstMs: 1_000, lastMs: 60_000, times: 10 },
};
/** While nothing can be sent: what is there is still being written, or was refused a moment ago. */
const idleMs = 50;

type Refusal = Readonly<{ times: number; notBefore: number }>;
type Sent = 'sent' | 'refused' | 'unreadable';

/**
 * Sends what the queue is to take, oldest first, until nothing is left; waits longer and longer while the queue is away. A batch that
 * the queue refuses while it takes the next one lets those behind it pass, and is set aside in the end.
 */
export const openDrain = (
  { spool, send, log, steady }: DrainSettings,
  closing: AbortSignal,
  pace: Pace = usualPace,
): (() => void) => {
  const refusals = new Map<string, Refusal>();
  let draining = false;

  const unsent = (): readonly Spooled[] => spool.list().filter(({ sentAt }) => sentAt === null);
  const ready = (): readonly Spooled[] => {
    const now = performance.now();
    return unsent().filter(({ batchId }) => (refusals.get(batchId)?.notBefore ?? 0) <= now);
  };
  const somethingWaits = (): boolean => spool.waiting() > 0 || unsent().length > 0;
  const sendOne = async (entry: Spooled): Promise<Sent> => {
    const report = await spool.read(entry);
    if (report === null && !spool.has(entry.batchId)) return 'sent'; // the database has it
    if (report === null) {
      await spool.setAside(entry, 'a spooled batch is unreadable');
      return 'unreadable';
    }
    try {
      await send({ ...report, sentAt: Date.now() });
    } catch {
      return 'refused';
    }
    spool.markSent(entry.batchId, steady());
    refusals.delete(entry.batchId);
    return 'sent';
  };
  const refuse = async (entry: Spooled): Promise<void> => {
    const { firstMs, lastMs, times: most } = pace.refused;
    const times = (refusals.get(entry.batchId)?.times ?? 0) + 1;
    if (times < most) {
      const wait = Math.min(lastMs, firstMs * 2 ** (times - 1));
      refusals.set(entry.batchId, { times, notBefore: performance.now() + wait });
      return;
    }
    refusals.delete(entry.batchId);
    await spool.setAside(entry, 'the queue refuses a batch and takes others');
  };
  /** False while the queue is away. When the oldest doesn't go, the next one tells whether the fault is the queue's. */
  const sendNext = async ([oldest, next]: readonly Spooled[]): Promise<boolean> => {
    if (oldest === undefined || (await sendOne(oldest)) !== 'refused') return true;
    const other = next === undefined ? 'refused' : await sendOne(next);
    if (other === 'sent') await refuse(oldest);
    return other !== 'refused';
  };
  const drain = async (): Promise<void> => {
    const { firstMs, lastMs } = pace.away;
    let wait = firstMs;
    let told = false;
    while (somethingWaits() && !closing.aborted) {
      const entries = ready();
      if (entries.length === 0) await pause(idleMs, closing);
      else if (await sendNext(entries).catch(() => false)) wait = firstMs;
      else {
        if (!told) log.warn({ batches: spool.waiting() }, 'the queue is away, batches wait on disk');
        told = true;
        await pause(wait, closing);
        wait = Math.min(lastMs, wait * 2);
      }
    }
    if (told && !closing.aborted) log.info({ dropped: spool.dropped() }, 'the queue takes batches again, none waits');
  };
  const start = (): void => {
    if (draining || closing.aborted || !somethingWaits()) return;
    draining = true;
    drain().then(
      () => {
        draining = false;
        start(); // what came while this one ended
      },
      (error: unknown) => {
        draining = false;
        log.error({ err: error }, 'draining the spool failed');
      },
    );
  };
  return start;
};
