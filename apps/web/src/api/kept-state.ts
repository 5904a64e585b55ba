import { type DehydratedState, dehydrate, hydrate, type QueryClient } from '@tanstack/react-query';

/** The last state of one account, for a start without a network. */
type Kept = Readonly<{ version: number; accountId: string; at: string; state: DehydratedState }>;

/** One record a browser: whoever logged in last. Another version's record is as good as none. */
const key = 'farwatch last state';
const version = 1;
/** What is worth reading without a network, by the first word of its key; newest first, so many of each. */
const most: Readonly<Record<string, number>> = {
  ...{ me: 1, monitors: 1, 'monitor-summaries': 1 },
  ...{ incidents: 6, monitor: 30, incident: 30 },
};
const pagesKept = 2;
const oldestMs = 7 * 86_400_000;
/** Soon after the page stands, and then from time to time. */
const firstMs = 4_000;
const restMs = 30_000;

/** Storage may be missing, forbidden or full: then there is no start without a network, and nothing else is lost. */
const quietly = async <T>(act: (idb: typeof import('idb-keyval')) => Promise<T>): Promise<T | undefined> => {
  try {
    return await act(await import('idb-keyval'));
  } catch {
    return undefined;
  }
};

type Queries = DehydratedState['queries'];
const newestFirst = (queries: Queries): Queries =>
  queries.toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt);

/** The first pages of a long list; the whole of anything else. */
const shortened = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'pages' in data && 'pageParams' in data
    ? { pages: [data.pages].flat().slice(0, pagesKept), pageParams: [data.pageParams].flat().slice(0, pagesKept) }
    : data;

/** So much of it as is kept: bounded by kind and age, and long lists by their first pages. */
const bounded = (queries: Queries, now: number): DehydratedState => {
  const left = { ...most };
  const kept = newestFirst(queries).filter(({ queryKey, state }) => {
    const kind = String(queryKey[0]);
    const room = left[kind] ?? 0;
    if (state.status !== 'success' || room === 0 || state.dataUpdatedAt < now - oldestMs) return false;
    left[kind] = room - 1;
    return true;
  });
  return { mutations: [], queries: kept.map((q) => ({ ...q, state: { ...q.state, data: shortened(q.state.data) } })) };
};

/** What is known, each with when it was so: what somebody looks at is live, and so until now. */
const knownNow = (client: QueryClient, now: number): Queries => {
  const cache = client.getQueryCache();
  return dehydrate(client).queries.map((query) =>
    cache.get(query.queryHash)?.isActive() === true
      ? { ...query, state: { ...query.state, dataUpdatedAt: now } }
      : query,
  );
};

/** What was kept before of the same account, and is not known anew. */
const stillKept = (before: Kept | undefined, accountId: string, known: Queries): Queries => {
  if (before?.version !== version || before.accountId !== accountId) return [];
  const hashes = new Set(known.map(({ queryHash }) => queryHash));
  return before.state.queries.filter(({ queryHash }) => !hashes.has(queryHash));
};

/** Writes down what is known, beside what earlier visits and other tabs knew. */
export const keepState = async (client: QueryClient, accountId: string, now = Date.now()): Promise<void> => {
  const known = knownNow(client, now);
  await quietly(({ update }) =>
    update<Kept>(key, (before) => ({
      ...{ version, accountId, at: new Date(now).toISOString() },
      state: bounded([...known, ...stillKept(before, accountId, known)], now),
    })),
  );
};

/** Takes what was written down into the client; null when there is nothing. Answers as of when it is. */
export const restoreState = async (client: QueryClient): Promise<string | null> => {
  const kept = await quietly(({ get }) => get<Kept>(key));
  if (kept?.version !== version) return null;
  // Nobody can bring back what is let go of while there is no network.
  hydrate(client, kept.state, { defaultOptions: { queries: { gcTime: Number.POSITIVE_INFINITY } } });
  return kept.at;
};

/** Nothing of it stays. */
export const forgetState = async (): Promise<void> => void (await quietly(({ del }) => del(key)));

/**
 * Keeps the state while the page is open: some time after it changes, and when the page is put away. Stops by the answer.
 * Only what is live is worth keeping: `mayKeep` says so.
 */
export const keepingState = (client: QueryClient, accountId: string, mayKeep: () => boolean): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined = setTimeout(() => write(), firstMs);
  void quietly(async () => undefined); // loaded now: a page that is being closed waits for no module
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (mayKeep()) void keepState(client, accountId);
  };
  const leave = client.getQueryCache().subscribe(({ type }) => {
    if (type === 'updated' && !document.hidden) timer ??= setTimeout(write, restMs);
  });
  const onHidden = (): void => {
    if (document.hidden) write();
  };
  document.addEventListener('visibilitychange', onHidden);
  return () => {
    clearTimeout(timer);
    leave();
    document.removeEventListener('visibilitychange', onHidden);
  };
};
