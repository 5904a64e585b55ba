import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { LiveEvent, StreamState } from './dial.ts';
import { openEventStream } from './event-stream.ts';
import { useSessionEnded } from './session-end.ts';

const Context = createContext<StreamState>('connecting');

type Props = Readonly<{
  onEvent: (event: LiveEvent, leading: boolean) => void;
  onGap: () => void;
  onRefused: () => void;
  children: ReactNode;
}>;

/** Opens the event stream while it is mounted. What is handed in must be stable. Without a session nobody dials. */
export const LiveEvents = ({ onEvent, onGap, onRefused, children }: Props) => {
  const [state, onState] = useState<StreamState>('connecting');
  const ended = useSessionEnded();
  useEffect(() => {
    if (ended) return onState('lost');
    return openEventStream('/v1/events', { onEvent, onState, onGap, onRefused });
  }, [onEvent, onGap, onRefused, ended]);
  return <Context value={state}>{children}</Context>;
};

export const useStreamState = (): StreamState => useContext(Context);
