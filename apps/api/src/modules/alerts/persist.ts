import { setTimeout as pause } from 'node:timers/promises';

/** The database is restarted within this, as a rule. All in all it stays below the lease of a claim. */
const waitsMs = [100, 300, 1_000, 2_000, 4_000] as const;
const longestMs = 12_000;

/**
 * Does it again until it is done: a database that is away for a moment must not make a message that was taken go out
 * twice. `work` hears whether it was tried before: then it may be done already, when the connection broke at its commit.
 * Throws what the last try threw.
 */
export const persist = async <T>(work: (again: boolean) => Promise<T>): Promise<T> => {
  const end = performance.now() + longestMs;
  for (const [nth, waitMs] of waitsMs.entries()) {
    try {
      return await work(nth > 0);
    } catch (error) {
      if (performance.now() + waitMs > end) throw error;
      await pause(waitMs);
    }
  }
  return work(true);
};
