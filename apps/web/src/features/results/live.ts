import type { CheckResultView } from '@farwatch/contracts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../api/dial.ts';
import { type LogFilter, latestKey, logKey, timesKey } from './queries.ts';

type LogPage = Readonly<{ items: CheckResultView[]; next: string | null; previous: string | null }>;

const passes = (result: CheckResultView, { verdict, code, region }: LogFilter): boolean =>
  (verdict === undefined || verdict.includes(result.outcome.verdict)) &&
  (code === undefined || (result.status !== null && code.includes(result.status))) &&
  (region === undefined || region.includes(result.region));

/** Newest first; the same look told twice stays one. */
const merged = (items: readonly CheckResultView[], result: CheckResultView): CheckResultView[] => {
  if (items.some(({ id }) => id === result.id)) return [...items];
  const at = items.findIndex(({ scheduledAt }) => scheduledAt < result.scheduledAt);
  return at === -1 ? [...items, result] : items.toSpliced(at, 0, result);
};

const inLog = (log: InfiniteData<LogPage>, result: CheckResultView): InfiniteData<LogPage> => {
  const [first, ...rest] = log.pages;
  return first === undefined ? log : { ...log, pages: [{ ...first, items: merged(first.items, result) }, ...rest] };
};

const latestKept = 100;

/** Takes a finished look into the log, the regions' last answers and, in a while, the chart. */
export const resultsHear = (client: QueryClient, event: LiveEvent): void => {
  if (event.type !== 'check.completed') return;
  const result = event.data;
  client.setQueryData<readonly CheckResultView[]>(latestKey(result.monitorId), (latest) =>
    latest === undefined ? latest : merged(latest, result).slice(0, latestKept),
  );
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: logKey(result.monitorId) })) {
    const filter = queryKey.at(-1) as LogFilter; // logQuery puts its filter last
    if (!passes(result, filter)) continue;
    client.setQueryData<InfiniteData<LogPage>>(queryKey, (log) => (log === undefined ? log : inLog(log, result)));
  }
  refreshChart(client, result.monitorId);
};

const chartRestMs = 5_000;
const waiting = new Set<string>();

/** Buckets are made by the server; a burst of looks asks for them once. */
const refreshChart = (client: QueryClient, monitorId: string): void => {
  if (waiting.has(monitorId)) return;
  waiting.add(monitorId);
  setTimeout(() => {
    waiting.delete(monitorId);
    void client.invalidateQueries({ queryKey: timesKey(monitorId) });
  }, chartRestMs);
};
