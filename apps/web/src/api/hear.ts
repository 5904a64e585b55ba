import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';

type Change = (data: unknown) => unknown;
/** Of each query that is being read: what was told meanwhile. */
const meanwhile = new WeakMap<Query, Change[]>();

const whenRead = (client: QueryClient, query: Query, changes: readonly Change[]): void => {
  const stop = client.getQueryCache().subscribe((event) => {
    if (event.query !== query) return;
    const gone = event.type === 'removed';
    if (!gone && (event.type !== 'updated' || query.state.fetchStatus !== 'idle')) return;
    stop();
    meanwhile.delete(query);
    if (gone || query.state.status !== 'success') return; // what was there is still there, with the changes in it
    client.setQueryData(query.queryKey, (data: unknown) => changes.reduce((now, change) => change(now), data));
  });
};

/**
 * Takes what the event stream tells into a query's data. An answer that is on its way may be older than the event, so it is
 * taken into that too when it comes; a change that is made twice has to be the same as once.
 */
export const takeIn = <T>(client: QueryClient, queryKey: QueryKey, change: (data: T) => T): void => {
  client.setQueryData<T>(queryKey, (data) => (data === undefined ? data : change(data)));
  const query = client.getQueryCache().find({ queryKey, exact: true });
  if (query === undefined || query.state.fetchStatus === 'idle') return;
  const again: Change = (data) => change(data as T); // the same query's data, read anew
  const waiting = meanwhile.get(query);
  if (waiting !== undefined) {
    waiting.push(again);
    return;
  }
  const changes = [again];
  meanwhile.set(query, changes);
  whenRead(client, query, changes);
};

/** An act for which many events at once are one: it is done `restMs` after the first of them. */
export const seldom = (restMs: number, act: (client: QueryClient) => unknown): ((client: QueryClient) => void) => {
  const resting = new WeakSet<QueryClient>();
  return (client) => {
    if (resting.has(client)) return;
    resting.add(client);
    setTimeout(() => {
      resting.delete(client);
      act(client);
    }, restMs);
  };
};
