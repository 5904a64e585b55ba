import { useSyncExternalStore } from 'react';
import type { LiveEvent } from '../api/dial.ts';
import { activeWorker } from './service-worker.ts';

/** `impossible`: this browser, or a page over plain HTTP, has none. `denied`: only the browser's own settings undo it. */
export type NotificationChoice = 'on' | 'off' | 'denied' | 'impossible';

const key = 'farwatch-notifications';
const listeners = new Set<() => void>();
const changed = (): void => {
  for (const each of listeners) each();
};

const stored = (): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const store = (word: 'on' | 'off'): void => {
  try {
    localStorage.setItem(key, word);
  } catch {
    // Then it holds for as long as nothing is stored: off.
  }
  changed();
};

const choice = (): NotificationChoice => {
  if (typeof Notification === 'undefined' || !('serviceWorker' in navigator)) return 'impossible';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && stored() === 'on' ? 'on' : 'off';
};

/** Whether the person has ever said yes or no here. */
export const hasChosen = (): boolean => stored() !== null;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
};

export const useNotificationChoice = (): NotificationChoice => useSyncExternalStore(subscribe, choice);

/** Asks the browser, which asks the person, where it has not been asked before. */
export const turnOn = async (): Promise<NotificationPermission> => {
  const permission = await Notification.requestPermission();
  if (permission === 'granted') store('on');
  else changed();
  return permission;
};
export const turnOff = (): void => store('off');

/** Shows what an event tells; to be called in one tab only. The worker leaves it out while a page is being looked at. */
export const notifyOf = async (event: LiveEvent, zone: string): Promise<void> => {
  if (choice() !== 'on' || (event.type !== 'incident.opened' && event.type !== 'incident.resolved')) return;
  const { notificationOf } = await import('./notification-text.ts');
  const worker = await activeWorker();
  worker?.postMessage({ kind: 'farwatch.show', ...notificationOf(event, zone) });
};
