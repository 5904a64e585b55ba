import { MutationCache, type Query, QueryCache, QueryClient } from '@tanstack/react-query';
import { CallError } from './call-error.ts';
import { sessionEnded, sessionIs, whoseIsForgotten } from './session-end.ts';

/** Whether asking again could help: nobody answered, or the server stumbled. */
const worthRetrying = (error: Error): boolean =>
  !(error instanceof CallError) || error.status === null || error.status >= 500;

const isSignedOut = (error: Error): boolean => error instanceof CallError && error.status === 401;

/**
 * The API is away, or the session over, and there is data from before: that is kept, and read afresh afterwards. A further page of a
 * list is not there yet: whoever asked for it is told.
 */
const keepWhatIsThere = (error: Error, query: Query<unknown, unknown>): void => {
  const further = query.state.fetchMeta?.fetchMore !== undefined;
  if (query.state.data === undefined || further || !(worthRetrying(error) || isSignedOut(error))) return;
  query.setState({ status: 'success', error: null, fetchStatus: 'idle' });
};

/** Who is looking: the answer to `GET /v1/me` (features/accounts/queries.ts). */
const meKey = ['me'];
const accountIdOf = (me: unknown): string | null => {
  const account = typeof me === 'object' && me !== null && 'account' in me ? me.account : null;
  return typeof account === 'object' && account !== null && 'id' in account ? String(account.id) : null;
};

/** `onStranger` is called when nobody is logged in. Data is kept fresh by the event stream, not by polling. */
export const newQueryClient = (onStranger: () => void): QueryClient => {
  const onError = (error: Error): void => {
    if (!isSignedOut(error)) return;
    // Who was known stands on an open page, and may have written something there.
    if (client.getQueryData(meKey) === undefined) onStranger();
    else sessionEnded();
  };
  const client = new QueryClient({
    queryCache: new QueryCache({
      onSuccess: (data, { queryKey }) => {
        if (queryKey[0] === meKey[0]) sessionIs(accountIdOf(data), client);
      },
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
  client.getQueryCache().subscribe(({ type, query }) => {
    if (type === 'removed' && query.queryKey[0] === meKey[0]) whoseIsForgotten(client);
  });
  return client;
};
