import { useEffect } from 'react';

/** Keeps the screen on while the page is shown, where the browser can; it lets go by itself when the page is hidden. */
export const useWakeLock = (): void => {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let held: WakeLockSentinel | null = null;
    let ended = false;
    const hold = async (): Promise<void> => {
      if (document.hidden || ended || held?.released === false) return;
      held = await navigator.wakeLock.request('screen').catch(() => null); // a battery that is low: the screen's own settings hold
      if (ended) await held?.release();
    };
    const onVisible = (): void => void hold();
    document.addEventListener('visibilitychange', onVisible);
    void hold();
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', onVisible);
      void held?.release();
    };
  }, []);
};
