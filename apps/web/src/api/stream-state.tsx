import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { LiveEvent, StreamState } from './dial.ts';
import { openEventStream } from './event-stream.ts';

const Context = createContext<StreamState>('connecting');

type Props = Readonly<{
  onEvent: (event: LiveEvent, leading: boolean) => void;
  onGap: () => void;
  children: ReactNode;
}>;

/** Opens the event stream while it is mounted. `onEvent` and `onGap` must be stable. */
export const LiveEvents = ({ onEvent, onGap, children }: Props) => {
  const [state, onState] = useState<StreamState>('connecting');
  useEffect(() => openEventStream('/v1/events', { onEvent, onState, onGap }), [onEvent, onGap]);
  return <Context value={state}>{children}</Context>;
};

export const useStreamState = (): StreamState => useContext(Context);
