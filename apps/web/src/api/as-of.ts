import { notifyManager, type QueryCache, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

let started: string | null = null;
const listeners = new Set<() => void>();

/** As of when the newest of what the page was started from is, once it was started from what had been kept; else null. */
export const setAsOf = (at: string | null): void => {
  if (at === started) return;
  started = at;
  for (const each of listeners) each();
};

/** Of what is shown the oldest: the page of an earlier visit is as old as that. */
const oldestShown = (cache: QueryCache, at: string): string => {
  const shown = cache
    .findAll({ type: 'active' })
    .flatMap(({ state }) => (state.data === undefined ? [] : state.dataUpdatedAt));
  return new Date(Math.min(Date.parse(at), ...shown)).toISOString();
};

/** As of when the page shows what it shows; null while it is not from what was kept. */
export const useAsOf = (): string | null => {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback(
    (listener: () => void) => {
      listeners.add(listener);
      const leave = cache.subscribe(notifyManager.batchCalls(() => started !== null && listener()));
      return () => {
        listeners.delete(listener);
        leave();
      };
    },
    [cache],
  );
  return useSyncExternalStore(subscribe, () => (started === null ? null : oldestShown(cache, started)));
};
