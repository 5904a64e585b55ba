import type { QueueContract } from '@farwatch/contracts';
import type { Static, TSchema } from 'typebox';
import type { QueueBackend } from './backend.ts';
import { type BullQueue, type OnError, openBullQueue } from './bull.ts';
import { within } from './deadline.ts';
import { toWire } from './wire.ts';

const sendTimeoutMs = 4_500;
const closeTimeoutMs = 3_000;

export type SendOptions = Readonly<{
  delayMs?: number;
  /** Jobs without one go first, then 1, then 2, … */
  priority?: number;
}>;

export type Producer<S extends TSchema> = Readonly<{
  /**
   * Resolves once the queue holds the job. A key that is waiting or being worked on already is the same job; one that
   * failed for good gets another chance. Rejects within 5 s when the queue is away: whether the job arrived is then
   * unknown, and sending again is safe.
   */
  send: (payload: Static<S>, options?: SendOptions) => Promise<void>;
  /** Ends within a few seconds, whatever the queue does. */
  close: () => Promise<void>;
}>;

/** Failed jobs are kept for a look at them, not for ever. */
const keepFailed = { count: 1_000, age: 7 * 86_400 };

/**
 * A door to one queue. It connects at the first `send` and again after a loss; `onError` hears of broken connections,
 * which a failing `send` tells as well.
 */
export const openProducer = <S extends TSchema>(
  contract: QueueContract<S>,
  backend: QueueBackend,
  onError: OnError = () => undefined,
): Producer<S> => {
  let opened: BullQueue | undefined;
  const connected = async () => {
    opened ??= openBullQueue(contract.name, backend, onError);
    const mine = opened;
    try {
      await mine.queue.waitUntilReady();
    } catch (error) {
      // BullMQ remembers a failed start for ever; the next send starts anew.
      if (opened === mine) opened = undefined;
      await mine.close().catch(onError);
      throw error;
    }
    return mine.queue;
  };

  const add = async (payload: Static<S>, { delayMs, priority }: SendOptions) => {
    const queue = await connected();
    const job = await queue.add(contract.name, toWire(payload), {
      jobId: contract.keyOf(payload),
      attempts: contract.attempts,
      backoff: { type: 'custom' },
      removeOnComplete: true,
      removeOnFail: keepFailed,
      ...(delayMs === undefined ? {} : { delay: delayMs }),
      ...(priority === undefined ? {} : { priority }),
    });
    if (await job.isFailed()) await job.retry('failed', { resetAttemptsMade: true });
  };

  return {
    send: (payload, options = {}) =>
      within(sendTimeoutMs, `the queue ${contract.name} did not take a job`, add(payload, options)),
    close: async () => {
      if (opened === undefined) return;
      await within(closeTimeoutMs, `the queue ${contract.name} did not close`, opened.close()).catch(onError);
    },
  };
};
