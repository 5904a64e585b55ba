import type { CheckReport } from '@farwatch/contracts';
import type { CheckResult } from '@farwatch/domain';
import { v7 as uuidv7 } from 'uuid';
import { openDrain } from './drain.ts';
import type { Log } from './log.ts';
import type { Spool } from './spool.ts';

export const maxBatch = 500;
/** Of JSON, about. */
const maxBatchBytes = 1_000_000;
/** Good news waits at most this long for company; a second is promised. */
const lingerMs = 900;

export type BatchSettings = Readonly<{
  probeId: string;
  send: (report: CheckReport) => Promise<void>;
  spool: Spool;
  log: Log;
  /** Milliseconds on the clock that nobody sets. */
  steady: () => number;
  /** How far the machine's wall clock is ahead of the results' moments, ms; 0 = it is right. */
  aheadMs: () => number;
  /** These results are in the queue or on disk now, or were dropped and counted. */
  onSettled: (results: readonly CheckResult[]) => void;
}>;

export type Batches = Readonly<{
  add: (result: CheckResult, urgent: boolean) => void;
  /** Resolves when everything added is in the queue or on disk. */
  flush: () => Promise<void>;
  /** Sends what lies on disk and is to be sent: what an earlier run left, what was lost on its way. */
  drain: () => void;
  /** Flushes and stops trying the queue; what is on disk waits for the next start. */
  close: () => Promise<void>;
}>;

/**
 * A result without evidence and details takes less than this. Evidence holds up to 64 KiB of a page and as much of headers: 500 of
 * them would be a job of tens of megabytes, which no queue takes in time.
 */
const bareBytes = 600;
const bytesOf = ({ evidence, details }: CheckResult): number =>
  bareBytes + [evidence, details].reduce((sum, each) => sum + Buffer.byteLength(JSON.stringify(each) ?? ''), 0);

/** Two families' looks of one slot are one vote: they go together, so that nobody judges by one of them. */
const unsplit = (waiting: readonly CheckResult[], count: number): number => {
  const [last, next] = [waiting[count - 1], waiting[count]];
  const pair = last?.monitorId === next?.monitorId && last?.scheduledAt === next?.scheduledAt;
  if (!pair) return count;
  return count > 1 ? count - 1 : 2;
};

/** How many of those that wait go together: at least one. */
const share = (waiting: readonly CheckResult[]): number => {
  let bytes = 0;
  for (const [i, result] of waiting.slice(0, maxBatch).entries()) {
    bytes += bytesOf(result);
    if (bytes > maxBatchBytes) return unsplit(waiting, Math.max(1, i));
  }
  return unsplit(waiting, Math.min(maxBatch, waiting.length));
};

/**
 * Results on their way to the queue: urgent ones leave at once, others within a second, at most 500 and about 1 MB together.
 * One batch is on its way at a time, so those that come meanwhile make the next. Each goes to disk too and stays there until
 * the database has it; while the queue is away, it waits there.
 */
export const openBatches = (settings: BatchSettings): Batches => {
  const { probeId, send, spool, log, aheadMs, steady, onSettled } = settings;
  const closing = new AbortController();
  const drain = openDrain(settings, closing.signal);
  let waiting: CheckResult[] = [];
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Immediate | undefined;
  let pumping: Promise<void> | null = null;

  const deliver = async (results: CheckResult[]): Promise<void> => {
    const clockOffsetMs = aheadMs();
    const report: CheckReport = {
      probeId,
      batchId: uuidv7(),
      sentAt: Date.now(), // the wall clock as it is: how far it is off stands beside it
      ...(clockOffsetMs === 0 ? {} : { clockOffsetMs }),
      results: results as CheckReport['results'],
    }; // readonly there, never written here
    const trySend = (): Promise<boolean> =>
      send(report).then(
        () => true,
        () => false,
      );
    const behind = spool.waiting() > 0;
    const [sentAtOnce, kept] = await Promise.all([behind ? false : trySend(), spool.add(report)]);
    const sent = sentAtOnce || (behind && !kept && (await trySend()));
    if (sent) spool.markSent(report.batchId, steady());
    else if (!kept) spool.lost(report);
    onSettled(results);
    if (!sent) drain();
  };
  const pump = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, share(waiting));
      waiting = waiting.slice(batch.length);
      await deliver(batch);
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    clearImmediate(soon);
    timer = undefined;
    soon = undefined;
    pumping ??= pump()
      .catch((error: unknown) => log.error({ err: error }, 'a batch was lost'))
      .finally(() => {
        pumping = null;
      });
    return pumping;
  };
  return {
    add: (result, urgent) => {
      waiting.push(result);
      const now = (urgent && spool.waiting() === 0) || waiting.length >= maxBatch;
      if (now) soon ??= setImmediate(() => void flush());
      else timer ??= setTimeout(() => void flush(), lingerMs);
    },
    ...{ flush, drain },
    close: async () => {
      while (waiting.length > 0 || pumping !== null) await flush();
      closing.abort();
    },
  };
};
