import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Goes where a pressed notification leads, without loading the page anew (public/notifications.js). */
export const useOpensFromNotification = (): void => {
  const navigate = useNavigate();
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const onMessage = ({ data }: MessageEvent<unknown>): void => {
      const opens = typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'farwatch.open';
      if (opens && 'url' in data && typeof data.url === 'string') void navigate({ href: data.url });
    };
    navigator.serviceWorker.addEventListener('message', onMessage);
    return () => navigator.serviceWorker.removeEventListener('message', onMessage);
  }, [navigate]);
};
