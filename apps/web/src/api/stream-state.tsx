import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { LiveEvent, StreamState } from './dial.ts';
import { openEventStream } from './event-stream.ts';
import { useSessionEnded } from './session-end.ts';
import { streamPosition } from './stream-position.ts';

const Context = createContext<StreamState>('connecting');

type Props = Readonly<{
  onEvent: (event: LiveEvent, leading: boolean) => void;
  onGap: () => void;
  onRefused: () => void;
  /** Finished checks are told from now on; those that finished since the page was read were perhaps not. */
  onSettled: () => void;
  children: ReactNode;
}>;

/** The workers look every second who watches, and tell finished checks to nobody else. */
const settledMs = 2_500;

/** Opens the event stream while it is mounted. What is handed in must be stable. Without a session nobody dials. */
export const LiveEvents = ({ onEvent, onGap, onRefused, onSettled, children }: Props) => {
  const [state, onState] = useState<StreamState>('connecting');
  const ended = useSessionEnded();
  useEffect(() => {
    if (ended) {
      streamPosition.forget();
      return onState('lost');
    }
    return openEventStream('/v1/events', streamPosition, { onEvent, onState, onGap, onRefused });
  }, [onEvent, onGap, onRefused, ended]);
  useEffect(() => {
    if (state !== 'live') return;
    const timer = setTimeout(onSettled, settledMs);
    return () => clearTimeout(timer);
  }, [state, onSettled]);
  return <Context value={state}>{children}</Context>;
};

export const useStreamState = (): StreamState => useContext(Context);
