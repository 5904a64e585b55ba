import type { CheckResultView } from '@farwatch/contracts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { type LogPage, latestKey, latestQuery, logKey } from './queries.ts';

/** Looks that finished unheard did so in the moments in which the page was opened. */
const recentMs = 60_000;

/** The monitors whose looks are on the screen. */
const watched = (client: QueryClient): ReadonlySet<string> => {
  const shown = client.getQueryCache().findAll({ queryKey: ['results'], type: 'active' });
  return new Set(
    shown.flatMap(({ queryKey: [, id, what] }) => (what === 'latest' || what === 'log' ? [String(id)] : [])),
  );
};

/** When each look that is shown was due. */
const known = (client: QueryClient, monitorId: string): ReadonlyMap<string, number> => {
  const latest = client.getQueryData<readonly CheckResultView[]>(latestKey(monitorId)) ?? [];
  const logs = client.getQueriesData<InfiniteData<LogPage>>({ queryKey: logKey(monitorId) });
  const logged = logs.flatMap(([, log]) => log?.pages.flatMap(({ items }) => items) ?? []);
  return new Map([...latest, ...logged].map(({ id, scheduledAt }) => [id, Date.parse(scheduledAt)]));
};

/** What finished just now and is not shown: it was told to nobody, since nobody was known to listen. Oldest first. */
export const missedLooks = async (client: QueryClient): Promise<readonly CheckResultView[]> => {
  const read = async (monitorId: string): Promise<readonly CheckResultView[]> => {
    const before = known(client, monitorId);
    // By the server's clock, where it is known: the browser's may be minutes off.
    const newest = [...before.values()].reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const after = (Number.isFinite(newest) ? newest : Date.now()) - recentMs;
    const latest = await client.fetchQuery({ ...latestQuery(monitorId), staleTime: 0 }).catch(() => []);
    return latest.filter(({ id, scheduledAt }) => !before.has(id) && Date.parse(scheduledAt) > after).toReversed();
  };
  return (await Promise.all([...watched(client)].map(read))).flat();
};
