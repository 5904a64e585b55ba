import type { CheckResultView } from '@farwatch/contracts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../api/dial.ts';
import { takeIn } from '../../api/hear.ts';
import { type LogFilter, type LogPage, latestKey, logKey, newsKey, timesKey } from './queries.ts';

const among = <T>(wanted: readonly T[] | undefined, value: T | null): boolean =>
  wanted === undefined || (value !== null && wanted.includes(value));

/** Whether a look is one of those that the filter shows, as the API would say. */
export const passes = (result: CheckResultView, filter: LogFilter): boolean => {
  const { outcome, scheduledAt } = result;
  return (
    among(filter.verdict, outcome.verdict) &&
    among(filter.code, result.status) &&
    among(filter.region, result.region) &&
    among(filter.trigger, result.trigger) &&
    among(filter.failure, outcome.verdict === 'down' ? outcome.failure.kind : null) &&
    (filter.from === undefined || Date.parse(scheduledAt) >= Date.parse(filter.from)) &&
    (filter.to === undefined || Date.parse(scheduledAt) < Date.parse(filter.to))
  );
};

/** Newest first; the same look told twice stays one. */
const merged = (items: readonly CheckResultView[], result: CheckResultView): CheckResultView[] => {
  const at = items.findIndex(({ scheduledAt }) => scheduledAt < result.scheduledAt);
  const beside = items.slice(0, at === -1 ? undefined : at);
  if (beside.some(({ id }) => id === result.id)) return [...items];
  return at === -1 ? [...items, result] : items.toSpliced(at, 0, result);
};

const latestKept = 100;

type Log = InfiniteData<LogPage>;

/** At the log's top, where that is in memory: a log that was opened at a moment has it once `previous` leads nowhere. */
const atTop = (log: Log, result: CheckResultView): Log => {
  const [first, ...rest] = log.pages;
  if (first === undefined || first.previous !== null) return log;
  return { ...log, pages: [{ ...first, items: merged(first.items, result) }, ...rest] };
};

/** Into the log where its top is in memory; else it is counted as news. */
const tellLog = (client: QueryClient, key: readonly unknown[], result: CheckResultView): void => {
  const filter = key.at(-1) as LogFilter; // logQuery puts its filter last
  if (!passes(result, filter)) return;
  const first = client.getQueryData<Log>(key)?.pages[0];
  if (first !== undefined && first.previous !== null)
    client.setQueryData<number>([...newsKey(result.monitorId), filter], (count = 0) => count + 1);
  takeIn<Log>(client, key, (log) => atTop(log, result));
};

/** Takes a finished look into the log, the regions' last answers and, in a while, the chart. */
export const resultsHear = (client: QueryClient, event: LiveEvent): void => {
  if (event.type !== 'check.completed') return;
  const result = event.data;
  takeIn<readonly CheckResultView[]>(client, latestKey(result.monitorId), (latest) =>
    merged(latest, result).slice(0, latestKept),
  );
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: logKey(result.monitorId), type: 'active' }))
    tellLog(client, queryKey, result);
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
