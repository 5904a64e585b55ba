import type { ConfirmCheck } from '@farwatch/contracts';
import { pause } from './pause.ts';

export type RequestLane = Readonly<{
  /** Resolves at once for a look that a person asked for: it has a place of its own, or waits for one. */
  handle: (check: ConfirmCheck) => Promise<void>;
  /** Starts no more of them; resolves when those running have ended. */
  close: () => Promise<void>;
}>;

/** Beyond it a request is dropped; its monitor's next slot comes anyway. */
const mostWaiting = 1_000;

/**
 * Keeps looks that people ask for out of the places that confirmations need: an incident waits for those. Requests run
 * `places` at a time beside them, so their jobs never hold one of the consumer's places. The queue is done with such a
 * job, so what fails is tried again here, every `againMs` until `answer` drops it as expired.
 */
export const openRequestLane = (
  answer: (check: ConfirmCheck) => Promise<void>,
  { places, againMs = 1_000, onError }: Readonly<{ places: number; againMs?: number; onError: (error: Error) => void }>,
): RequestLane => {
  const running = new Set<Promise<void>>();
  const waiting: ConfirmCheck[] = [];
  const closing = new AbortController();
  const persist = async (check: ConfirmCheck): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        return await answer(check);
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
        await pause(againMs, closing.signal);
      }
    }
  };
  const pump = (): void => {
    while (!closing.signal.aborted && running.size < places) {
      const check = waiting.shift();
      if (check === undefined) return;
      const look = persist(check).finally(() => {
        running.delete(look);
        pump();
      });
      running.add(look);
    }
  };
  return {
    handle: async (check) => {
      if (check.trigger !== 'request') return answer(check);
      if (waiting.length >= mostWaiting) onError(new Error('too many looks are asked for; one was dropped'));
      else waiting.push(check);
      pump();
    },
    close: async () => {
      closing.abort();
      await Promise.all(running);
    },
  };
};
