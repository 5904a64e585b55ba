import { useSyncExternalStore } from 'react';

const tickMs = 1_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** While nobody listens the clock stands; whoever asks first sets it. */
const read = (): number => {
  if (timer === undefined) now = Math.max(now, Math.floor(Date.now() / tickMs) * tickMs);
  return now;
};

/** The time in epoch milliseconds, told every second by one clock for the whole page. */
export const useNow = (): number => useSyncExternalStore(subscribe, read);
