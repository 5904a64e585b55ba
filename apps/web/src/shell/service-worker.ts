import { useSyncExternalStore } from 'react';

type State = Readonly<{ waiting: ServiceWorker | null }>;

let state: State = { waiting: null };
const listeners = new Set<() => void>();
const set = (waiting: ServiceWorker | null): void => {
  state = { waiting };
  for (const each of listeners) each();
};

const lookEveryMs = 60 * 60_000;

/** A new worker is a new version only where an old one runs already. */
const watch = (found: ServiceWorkerRegistration): void => {
  const offer = (): void => {
    if (found.waiting !== null && found.active !== null) set(found.waiting);
  };
  const follow = (): void => found.installing?.addEventListener('statechange', offer);
  offer();
  follow(); // one may have come before anybody watched
  found.addEventListener('updatefound', follow);
  setInterval(() => void found.update().catch(() => undefined), lookEveryMs); // away just now: the next time will do
};

/** Registers the worker that keeps the page for a start without a network. Without one the page works all the same. */
export const registerServiceWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const found: unknown = await navigator.serviceWorker.register('/sw.js', { scope: '/' }).catch(() => null);
  if (!(found instanceof ServiceWorkerRegistration)) return; // a browser that blocks workers answers nothing
  watch(found);
};

/** On a first visit it is fetched only once the page stands; what it was asked for after that is no news any more. */
const longestWaitMs = 60_000;

/**
 * The worker, once it runs: an earlier visit's at once, although this page has not registered it yet; null where there is
 * none, nor comes.
 */
export const activeWorker = async (): Promise<ServiceWorker | null> => {
  if (!('serviceWorker' in navigator)) return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const never = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), longestWaitMs);
  });
  const found = await Promise.race([navigator.serviceWorker.ready, never]);
  clearTimeout(timer);
  return found?.active ?? null;
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Loads the version that waits; null while there is none. */
export const useNewVersion = (): (() => void) | null => {
  const { waiting } = useSyncExternalStore(subscribe, () => state);
  if (waiting === null) return null;
  return () => {
    waiting.addEventListener('statechange', () => {
      if (waiting.state === 'activated') window.location.reload();
    });
    waiting.postMessage({ type: 'SKIP_WAITING' });
  };
};
