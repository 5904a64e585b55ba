import { useEffect } from 'react';
import { registerServiceWorker, useNewVersion } from './service-worker.ts';

/** Takes a new version by itself, for a page that nobody sits before. */
export const useNewestVersion = (): void => {
  const load = useNewVersion();
  useEffect(() => void registerServiceWorker(), []);
  useEffect(() => load?.(), [load]);
};
