import { MutationCache, type Query, QueryCache, QueryClient } from '@tanstack/react-query';
import { CallError } from './call-error.ts';

/** Whether asking again could help: nobody answered, or the server stumbled. */
const worthRetrying = (error: Error): boolean =>
  !(error instanceof CallError) || error.status === null || error.status >= 500;

/**
 * The API is away, and there is data from before: that is kept, and read afresh when the line is back. A further page of a
 * list is not there yet: whoever asked for it is told.
 */
const keepWhatIsThere = (error: Error, query: Query<unknown, unknown>): void => {
  const further = query.state.fetchMeta?.fetchMore !== undefined;
  if (query.state.data === undefined || further || !worthRetrying(error)) return;
  query.setState({ status: 'success', error: null, fetchStatus: 'idle' });
};

/** `onSignedOut` is called when the session has ended. Data is kept fresh by the event stream, not by polling. */
export const newQueryClient = (onSignedOut: () => void): QueryClient => {
  const onError = (error: Error): void => {
    if (error instanceof CallError && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        onError(error);
        keepWhatIsThere(error, query);
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Whether there is a network is found out by asking: a paused query would leave a skeleton standing.
        networkMode: 'always',
        staleTime: 30_000,
        retry: (count, error) => count < 2 && worthRetrying(error),
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4_000),
      },
      // A write that waits for the network and happens later, unseen, would be worse than one that fails now.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
};
