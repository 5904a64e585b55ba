import type { QueryClient } from '@tanstack/react-query';
import { forgetState } from './kept-state.ts';

const channelName = 'farwatch session';

/** Whoever stands at the log-in page left nothing behind: what was kept is wiped, and the other tabs look who they are. */
export const leaveNothing = async (): Promise<void> => {
  if (typeof BroadcastChannel !== 'undefined') {
    const channel = new BroadcastChannel(channelName);
    channel.postMessage('ended');
    channel.close();
  }
  try {
    localStorage.removeItem('farwatch-recent'); // shell/palette/recent.ts
  } catch {
    // Storage may be forbidden; then there is nothing in it.
  }
  await forgetState();
};

/** Hears from another tab that its session has ended; this one has the same. */
export const whenLeft = (client: QueryClient): void => {
  if (typeof BroadcastChannel === 'undefined') return;
  new BroadcastChannel(channelName).onmessage = () => void client.invalidateQueries({ queryKey: ['me'] });
};
