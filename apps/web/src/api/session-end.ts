import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { forgetState } from './kept-state.ts';

const channelName = 'farwatch session';

let ended = false;
const listeners = new Set<() => void>();
const setEnded = (next: boolean): void => {
  ended = next;
  for (const each of listeners) each();
};

/** Whose data a client holds, as far as it is known. */
let known: Readonly<{ client: QueryClient; accountId: string | null }> | null = null;
const whoseIs = (client: QueryClient): string | null => (known?.client === client ? known.accountId : null);

/** The client was emptied: nothing in it belongs to anybody. */
export const whoseIsForgotten = (client: QueryClient): void => {
  if (known?.client === client) known = null;
};

/** The session ended while a page was open. The page stays as it is, and waits for a log-in (shell/session-ended.tsx). */
export const sessionEnded = (): void => setEnded(true);

/**
 * There is a session, of this account. A page that waited for one goes on; another one's begins anew, also where nobody
 * saw the end: somebody else may have logged in from another tab.
 */
export const sessionIs = (accountId: string | null, client: QueryClient): void => {
  const whose = whoseIs(client);
  if (accountId !== whose && (ended || whose !== null)) {
    window.location.reload();
    return;
  }
  known = { client, accountId };
  if (!ended) return;
  setEnded(false);
  void client.invalidateQueries();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSessionEnded = (): boolean => useSyncExternalStore(subscribe, () => ended);

/** The session ended, or there is a new one: the other tabs look who they are. */
export const tellOtherTabs = (): void => {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('changed');
  channel.close();
};

/** Whoever stands at the log-in page left nothing behind: what was kept is wiped, and the other tabs hear of it. */
export const leaveNothing = async (): Promise<void> => {
  tellOtherTabs();
  try {
    localStorage.removeItem('farwatch-recent'); // shell/palette/recent.ts
  } catch {
    // Storage may be forbidden; then there is nothing in it.
  }
  await forgetState();
};

/** Hears from another tab that its session is another one now; this one has the same. */
export const whenLeft = (client: QueryClient): void => {
  if (typeof BroadcastChannel === 'undefined') return;
  new BroadcastChannel(channelName).onmessage = () => void client.invalidateQueries({ queryKey: ['me'] });
};
