import type { CheckReport } from '@farwatch/contracts';
import type { CheckResult } from '@farwatch/domain';
import { v7 as uuidv7 } from 'uuid';
import type { Log } from './log.ts';
import { pause } from './pause.ts';
import type { Spool } from './spool.ts';

export const maxBatch = 500;
/** Good news waits at most this long for company; a second is promised. */
const lingerMs = 900;
const firstRetryMs = 500;
const lastRetryMs = 5_000;

export type BatchSettings = Readonly<{
  probeId: string;
  send: (report: CheckReport) => Promise<void>;
  spool: Spool;
  log: Log;
  /** These results are in the queue or on disk now, or were dropped and counted. */
  onSettled: (results: readonly CheckResult[]) => void;
}>;

export type Batches = Readonly<{
  add: (result: CheckResult, urgent: boolean) => void;
  /** Resolves when everything added is in the queue or on disk. */
  flush: () => Promise<void>;
  /** Flushes and stops trying the queue; what is on disk waits for the next start. */
  close: () => Promise<void>;
}>;

/** Sends what lies on disk, oldest first, until nothing does; waits longer and longer between failures. */
const openDrain = ({ spool, send, log }: BatchSettings, closing: AbortSignal): (() => void) => {
  let draining = false;
  const sendOldest = async (): Promise<boolean> => {
    const entry = spool.oldest();
    if (entry === null) return true; // still being written
    const report = await spool.read(entry);
    if (report === null)
      log.error({ file: entry.name, results: entry.results }, 'a spooled batch is unreadable; dropped');
    else await send({ ...report, sentAt: Date.now() });
    await spool.remove(entry);
    return report !== null;
  };
  const drain = async (): Promise<void> => {
    let wait = firstRetryMs;
    log.warn({ batches: spool.count() }, 'the queue is away, batches wait on disk');
    while (spool.count() > 0 && !closing.aborted) {
      try {
        if (spool.oldest() === null) await pause(10, closing);
        else await sendOldest();
        wait = firstRetryMs;
      } catch {
        await pause(wait, closing);
        wait = Math.min(lastRetryMs, wait * 2);
      }
    }
    if (!closing.aborted) log.info({ dropped: spool.dropped() }, 'the queue takes batches again, the disk is empty');
  };
  return () => {
    if (draining || spool.count() === 0) return;
    draining = true;
    void drain()
      .catch((error: unknown) => log.error({ err: error }, 'draining the spool failed'))
      .finally(() => {
        draining = false;
      });
  };
};

/**
 * Results on their way to the queue: urgent ones leave at once, others within a second, at most 500 together. One batch is
 * on its way at a time, so those that come meanwhile make the next. While the queue is away they go to disk.
 */
export const openBatches = (settings: BatchSettings): Batches => {
  const { probeId, send, spool, log, onSettled } = settings;
  const closing = new AbortController();
  const drain = openDrain(settings, closing.signal);
  let waiting: CheckResult[] = [];
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Immediate | undefined;
  let pumping: Promise<void> | null = null;

  const deliver = async (results: CheckResult[]): Promise<void> => {
    const report: CheckReport = {
      probeId,
      batchId: uuidv7(),
      sentAt: Date.now(),
      results: results as CheckReport['results'],
    }; // readonly there, never written here
    const behind = spool.count() > 0;
    const sent =
      !behind &&
      (await send(report).then(
        () => true,
        () => false,
      ));
    if (!sent) await spool.add(report);
    onSettled(results);
    drain();
  };
  const pump = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch);
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
  drain(); // what an earlier run left
  return {
    add: (result, urgent) => {
      waiting.push(result);
      const now = (urgent && spool.count() === 0) || waiting.length >= maxBatch;
      if (now) soon ??= setImmediate(() => void flush());
      else timer ??= setTimeout(() => void flush(), lingerMs);
    },
    flush,
    close: async () => {
      while (waiting.length > 0 || pumping !== null) await flush();
      closing.abort();
    },
  };
};
