import { useSyncExternalStore } from 'react';

let asOf: string | null = null;
const listeners = new Set<() => void>();

/** As of when the page shows what it shows, once it was started from what had been kept; null while that is not so. */
export const setAsOf = (at: string | null): void => {
  if (at === asOf) return;
  asOf = at;
  for (const each of listeners) each();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useAsOf = (): string | null => useSyncExternalStore(subscribe, () => asOf);
