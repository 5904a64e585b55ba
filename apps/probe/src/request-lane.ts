import type { ConfirmCheck } from '@farwatch/contracts';

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
 * `places` at a time beside them, so their jobs never hold one of the consumer's places.
 */
export const openRequestLane = (
  answer: (check: ConfirmCheck) => Promise<void>,
  { places, onError }: Readonly<{ places: number; onError: (error: Error) => void }>,
): RequestLane => {
  const running = new Set<Promise<void>>();
  const waiting: ConfirmCheck[] = [];
  let closed = false;
  const pump = (): void => {
    while (!closed && running.size < places) {
      const check = waiting.shift();
      if (check === undefined) return;
      const look = answer(check)
        .catch(onError)
        .finally(() => {
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
      closed = true;
      await Promise.all(running);
    },
  };
};
