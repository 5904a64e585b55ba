import {
  type CheckResultView,
  checkMonitor,
  getDiagnosis,
  getResponseTimes,
  getResult,
  listIncidents,
  listRegions,
  listResults,
  type QueryOf,
  type ReplyOf,
} from '@farwatch/contracts';
import type { CheckTrigger, Failure, Verdict } from '@farwatch/domain';
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import type { Span } from './chart-zoom.ts';

/** What the response log shows; in the URL, so that it can be sent to a colleague. */
export type LogFilter = Readonly<{
  verdict?: readonly Verdict[] | undefined;
  code?: readonly number[] | undefined;
  region?: readonly string[] | undefined;
  trigger?: readonly CheckTrigger[] | undefined;
  failure?: readonly Failure['kind'][] | undefined;
  /** Moments, ISO 8601; `to` is the first that is not shown. */
  from?: string | undefined;
  to?: string | undefined;
}>;
/** The log as it is looked at: narrowed, opened at a moment, with one look opened. */
export type LogView = Readonly<{ filter: LogFilter; at?: string | undefined; look?: string | undefined }>;
export type LogPage = ReplyOf<typeof listResults>;

export const ranges = {
  ...{ '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 },
  ...{ '30d': 2_592_000_000, '90d': 7_776_000_000 },
} as const;
export type Range = keyof typeof ranges;

/** The first page is what is seen at once; the others are fetched ahead of the scrolling. */
const firstPage = 100;
const nextPages = 500;
/** So many pages stay in memory; what is far away is fetched again when it is scrolled to. */
const keptPages = 8;
const latestPage = 100;

const queryOf = ({ verdict, code, region, trigger, failure, from, to }: LogFilter): QueryOf<typeof listResults> => ({
  ...(verdict === undefined ? {} : { verdict: [...verdict] }),
  ...(code === undefined ? {} : { status: [...code] }),
  ...(region === undefined ? {} : { region: [...region] }),
  ...(trigger === undefined ? {} : { trigger: [...trigger] }),
  ...(failure === undefined ? {} : { failure: [...failure] }),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

export const logKey = (monitorId: string) => ['results', monitorId, 'log'] as const;
export const newsKey = (monitorId: string) => ['results', monitorId, 'news'] as const;
export const latestKey = (monitorId: string) => ['results', monitorId, 'latest'] as const;
export const timesKey = (monitorId: string) => ['results', monitorId, 'times'] as const;

/** The places that can be looked from; they hardly ever change. */
export const regionsQuery = queryOptions({
  queryKey: ['regions'],
  queryFn: async ({ signal }) => (await call(listRegions, {}, { signal })).items,
  staleTime: 300_000,
});

/** Where a page begins: at the newest look, at a moment, or where another page ends. */
type Start = Readonly<{ at: string } | { cursor: string }> | null;

/** The response log, newest first, page by page both ways as it is scrolled. Kept fresh by the event stream. */
export const logQuery = (monitorId: string, filter: LogFilter, at?: string) =>
  infiniteQueryOptions({
    queryKey: [...logKey(monitorId), at ?? 'newest', filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        listResults,
        {
          params: { monitorId },
          query: {
            ...queryOf(filter),
            ...(pageParam === null || 'at' in pageParam ? { limit: firstPage } : { limit: nextPages }),
            ...pageParam,
          },
        },
        { signal },
      ),
    initialPageParam: (at === undefined ? null : { at }) as Start, // which of the two it is says the caller
    getNextPageParam: ({ next }): Start | undefined => (next === null ? undefined : { cursor: next }),
    getPreviousPageParam: ({ previous }): Start | undefined => (previous === null ? undefined : { cursor: previous }),
    maxPages: keptPages,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

/** How many looks came in above the newest that is in memory. */
export const newsQuery = (monitorId: string, filter: LogFilter) =>
  queryOptions<number>({
    queryKey: [...newsKey(monitorId), filter],
    queryFn: () => 0,
    initialData: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The newest few looks, whatever came of them: each region's last answer is among them. */
export const latestQuery = (monitorId: string) =>
  queryOptions({
    queryKey: latestKey(monitorId),
    queryFn: async ({ signal }): Promise<readonly CheckResultView[]> =>
      (await call(listResults, { params: { monitorId }, query: { limit: latestPage } }, { signal })).items,
  });

/** What a chart asks for; `phases` asks also where the time went. */
type TimesQuery = QueryOf<typeof getResponseTimes>;
const chartQuery = (from: number, to: number, phases: boolean): TimesQuery => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  points: 300,
  ...(phases ? { phases } : {}),
});

export const timesQuery = (monitorId: string, range: Range, phases: boolean) =>
  queryOptions({
    queryKey: [...timesKey(monitorId), range, phases],
    queryFn: ({ signal }) => {
      const to = Date.now();
      const query = chartQuery(to - ranges[range], to, phases);
      return call(getResponseTimes, { params: { monitorId }, query }, { signal });
    },
    placeholderData: keepPreviousData,
  });

/** The same of one stretch: what a chart is zoomed to, or what a week before was. Null asks for nothing. */
export const stretchQuery = (monitorId: string, span: Span | null, phases: boolean) =>
  queryOptions({
    queryKey: [...timesKey(monitorId), span?.from, span?.to, phases],
    queryFn: ({ signal }) => {
      const query = chartQuery(span?.from ?? 0, span?.to ?? 1, phases);
      return call(getResponseTimes, { params: { monitorId }, query }, { signal });
    },
    enabled: span !== null,
    placeholderData: keepPreviousData,
  });

export const resultQuery = (monitorId: string, resultId: string) =>
  queryOptions({
    queryKey: ['result', monitorId, resultId],
    queryFn: ({ signal }) => call(getResult, { params: { monitorId, resultId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The incident that a look belongs to, with what its diagnosis says; null when there is none. */
export const lookIncidentQuery = (monitorId: string, scheduledAt: string) =>
  queryOptions({
    queryKey: ['look-incident', monitorId, scheduledAt],
    queryFn: async ({ signal }) => {
      const at = Date.parse(scheduledAt);
      const to = new Date(at + 1).toISOString();
      const { items } = await call(listIncidents, { query: { monitorId, to, limit: 3 } }, { signal });
      const incident = items.find(({ resolvedAt }) => resolvedAt === null || Date.parse(resolvedAt) > at);
      if (incident === undefined) return null;
      const params = { incidentId: incident.id };
      const told = await call(getDiagnosis, { params }, { signal }).catch(() => null); // it may not be made yet
      return { incident, summary: told?.shown?.diagnosis.summary ?? null };
    },
  });

/** Looks now from every region. */
export const useLookNow = (monitorId: string) =>
  useMutation({ mutationFn: () => call(checkMonitor, { params: { monitorId } }) });
