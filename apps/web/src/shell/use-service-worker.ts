import { useEffect } from 'react';
import { registerServiceWorker } from './service-worker.ts';

/** The page itself comes first: what is kept for a start without a network is fetched when it stands. */
const restMs = 3_000;

/** Starts the service worker once the page stands. */
export const useServiceWorker = (): void => {
  useEffect(() => {
    const timer = setTimeout(() => void registerServiceWorker(), restMs);
    return () => clearTimeout(timer);
  }, []);
};
