import type { Due } from './store.ts';

export type AtOnceSettings = Readonly<{
  deliver: (due: Due) => Promise<void>;
  /** How many this worker tries beside those that come by the queue. */
  most: number;
  /** Where those go that find no place. */
  queue: (due: readonly Due[]) => Promise<void>;
  /** One could not be tried; it is still due, and the sweep finds it. */
  onError: (error: unknown) => void;
}>;

export type AtOnce = Readonly<{
  /** Resolves once all are under way here, or in the queue. */
  send: (due: readonly Due[]) => Promise<void>;
  /** Waits for those under way. */
  close: () => Promise<void>;
}>;

/**
 * Tries what a worker has just planned without the way through the queue, as far as there is room. Nothing depends on it: a
 * delivery is claimed before it is sent, so twice is once, and what a killed worker had under way the sweep finds.
 */
export const openAtOnce = ({ deliver, most, queue, onError }: AtOnceSettings): AtOnce => {
  const running = new Set<Promise<void>>();
  const begin = (due: Due): void => {
    const work = deliver(due)
      .catch(onError)
      .finally(() => running.delete(work));
    running.add(work);
  };
  return {
    send: async (due) => {
      const here = due.slice(0, Math.max(0, most - running.size));
      for (const one of here) begin(one);
      if (here.length < due.length) await queue(due.slice(here.length));
    },
    close: async () => void (await Promise.all(running)),
  };
};
