import { mostBatchesAsked } from '@farwatch/contracts';
import type { Log } from './log.ts';
import { isDueAgain } from './resend.ts';
import type { Spool } from './spool.ts';

/** The core takes no results older than 26 h: a batch that could not be stored for so long never will be. */
const oldestMs = 26 * 3_600_000;

export type ReceiptSettings = Readonly<{
  spool: Spool;
  log: Log;
  /** Milliseconds on the clock that nobody sets. */
  steady: () => number;
  /** There is something to send again. */
  resend: () => void;
}>;

export type Receipts = Readonly<{
  /** The batches to ask the core for, oldest first. */
  asked: () => readonly string[];
  /** What the core has of those asked for; undefined = it is of before it told. True when there is more to ask at once. */
  hear: (asked: readonly string[], stored: readonly string[] | undefined) => Promise<boolean>;
}>;

/** When a UUIDv7 was made, epoch ms. */
const madeAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

/** Lets go of batches that the database has, and sends again those that were lost on their way there. */
export const openReceipts = ({ spool, log, steady, resend }: ReceiptSettings): Receipts => {
  let newestStored = Number.NEGATIVE_INFINITY;
  const forget = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) await spool.remove(id);
  };
  const again = async (asked: ReadonlySet<string>): Promise<void> => {
    const now = steady();
    let lost = 0;
    for (const entry of spool.list()) {
      const { batchId, sentAt, sends } = entry;
      if (sentAt === null || !asked.has(batchId)) continue;
      if (Date.now() - madeAt(batchId) > oldestMs) {
        await spool.setAside(entry, 'the database did not take a batch within a day');
      } else if (isDueAgain({ sentAt, sends }, newestStored, now)) {
        spool.markUnsent(batchId);
        lost += 1;
      }
    }
    if (lost === 0) return;
    log.warn({ batches: lost }, 'batches have not reached the database: they are sent again');
    resend();
  };
  return {
    asked: () =>
      spool
        .list()
        .slice(0, mostBatchesAsked)
        .map(({ batchId }) => batchId),
    hear: async (asked, stored) => {
      const sent = spool.list().filter(({ sentAt }) => sentAt !== null);
      if (stored === undefined) {
        await forget(sent.map(({ batchId }) => batchId));
        return false;
      }
      const known = new Set(stored);
      for (const { batchId, sentAt } of sent)
        if (known.has(batchId)) newestStored = Math.max(newestStored, sentAt ?? 0);
      await forget(asked.filter((id) => known.has(id)));
      await again(new Set(asked));
      return stored.length > 0 && asked.length === mostBatchesAsked;
    },
  };
};
