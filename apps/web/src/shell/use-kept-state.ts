import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { setAsOf, useAsOf } from '../api/as-of.ts';
import { keepingState } from '../api/kept-state.ts';
import { whenLeft } from '../api/session-end.ts';
import { useStreamState } from '../api/stream-state.tsx';

/** Keeps the last state for a start without a network, and reads everything afresh once there is one again. */
export const useKeptState = (accountId: string | null): void => {
  const client = useQueryClient();
  const state = useStreamState();
  const asOf = useAsOf();
  const live = useRef(false);
  live.current = state === 'live';
  useEffect(() => whenLeft(client), [client]);
  useEffect(
    () => (accountId === null ? undefined : keepingState(client, accountId, () => live.current)),
    [client, accountId],
  );
  useEffect(() => {
    if (state !== 'live' || asOf === null) return;
    setAsOf(null);
    void client.invalidateQueries();
  }, [client, state, asOf]);
};
