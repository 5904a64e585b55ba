import { setTimeout as pause } from 'node:timers/promises';
import type { QueueContract } from '@farwatch/contracts';
import { type Job, UnrecoverableError } from 'bullmq';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { QueueBackend } from './backend.ts';
import { type BullWorker, type OnError, openBullWorker, type WorkerSettings } from './bull.ts';
import { fromWire } from './wire.ts';

/** So long a closing consumer waits for the jobs at hand: a handler that must end ends within it, a process outlasts it. */
export const drainTimeoutMs = 15_000;
const idleTimeoutMs = 2_000;

/** Waits before the second attempt, the third, …: a hiccup costs little. The last one repeats. */
const backoffMs = [250, 1_000, 5_000, 15_000, 60_000, 300_000, 900_000];
const lastBackoffMs = 1_800_000;
/** The wait after so many failed attempts. How long a job is tried in all, its contract's `attempts` says. */
export const waitAfter = (attempts: number): number => backoffMs[attempts - 1] ?? lastBackoffMs;

// A consumer that was killed: its job's lock ends after 5 s at most and the next round, every second, gives the job to
// another. A job that kills its consumer six times is poison.
const stalling: WorkerSettings = {
  lockDuration: 5_000,
  lockRenewTime: 1_500,
  stalledInterval: 1_000,
  maxStalledCount: 5,
};

export type ConsumerOptions = Readonly<{
  concurrency: number;
  /** Hears of broken connections and of every failed attempt, with the queue's name and the job's id, never a payload. */
  onError: OnError;
}>;

export type Consumer = Readonly<{
  /** Takes no more jobs and waits for those at hand, at most 15 s; what is left then is redelivered elsewhere. */
  close: () => Promise<void>;
}>;

/**
 * Works on a queue's jobs. `handle` sees only payloads that keep the contract; when it throws, the job is tried again
 * with growing waits, `contract.attempts` times in all. A job may come twice: after a crash, or a lost lock.
 */
export const openConsumer = <S extends TSchema>(
  contract: QueueContract<S>,
  backend: QueueBackend,
  handle: (payload: Static<S>) => Promise<void>,
  { concurrency, onError }: ConsumerOptions,
): Consumer => {
  const wire = Compile(contract.payload);
  const atHand = new Set<string | undefined>();
  const work = async ({ id, data: sent }: Job<unknown>): Promise<void> => {
    const data = fromWire(sent);
    if (!wire.Check(data)) throw new UnrecoverableError(`${contract.name} ${id}: the payload breaks the contract`);
    atHand.add(id);
    try {
      await handle(data);
    } finally {
      atHand.delete(id);
    }
  };
  const settings: WorkerSettings = {
    ...stalling,
    concurrency,
    runRetryDelay: 1_000,
    settings: { backoffStrategy: waitAfter },
  };
  const onFailed = (job: Job | undefined, error: Error) => {
    const attempt = `${job?.attemptsMade ?? 1} of ${job?.opts.attempts ?? 1}`;
    onError(new Error(`${contract.name} ${job?.id}: attempt ${attempt} failed: ${error.message}`, { cause: error }));
  };
  const start = () => openBullWorker(contract.name, backend, work, settings, { onError, onFailed });
  return supervise(start, () => atHand.size, onError);
};

/** BullMQ remembers a failed start on PostgreSQL for ever: starts anew until one succeeds, then lets it reconnect. */
const supervise = (start: () => BullWorker, jobsAtHand: () => number, onError: OnError): Consumer => {
  const closing = new AbortController();
  let current = start();
  const watch = async () => {
    while (!closing.signal.aborted) {
      try {
        await current.waitUntilReady();
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        onError(error instanceof Error ? error : new Error(String(error)));
        await current.close().catch(onError);
        await pause(1_000, undefined, { signal: closing.signal }).catch(() => undefined);
        if (!closing.signal.aborted) current = start();
      }
    }
  };
  watch().catch(onError);
  return {
    close: async () => {
      closing.abort();
      await drained(current.close(), jobsAtHand).catch(onError);
      current.release();
    },
  };
};

/** Waits for `closed`; but with no job at hand only a little, for then it waits for a queue that is away. */
const drained = async (closed: Promise<void>, jobsAtHand: () => number): Promise<void> => {
  const settled = closed.then(
    () => true,
    () => true,
  );
  const end = performance.now() + drainTimeoutMs;
  for (let idleSince = performance.now(); performance.now() < end; ) {
    if (jobsAtHand() > 0) idleSince = performance.now();
    if (performance.now() - idleSince > idleTimeoutMs) return;
    if (await Promise.race([settled, pause(50, false)])) return await closed;
  }
};
