import { type CheckResultView, getResponseTimes, getResult, listResults, type QueryOf } from '@farwatch/contracts';
import type { Verdict } from '@farwatch/domain';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

/** What the response log shows; in the URL, so that it can be sent to a colleague. */
export type LogFilter = Readonly<{
  verdict?: readonly Verdict[] | undefined;
  code?: readonly number[] | undefined;
  region?: readonly string[] | undefined;
}>;

export const ranges = { '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const;
export type Range = keyof typeof ranges;

const logPage = 200;
const latestPage = 100;

const queryOf = ({ verdict, code, region }: LogFilter): QueryOf<typeof listResults> => ({
  ...(verdict === undefined ? {} : { verdict: [...verdict] }),
  ...(code === undefined ? {} : { status: [...code] }),
  ...(region === undefined ? {} : { region: [...region] }),
});

export const logKey = (monitorId: string) => ['results', monitorId, 'log'] as const;
export const latestKey = (monitorId: string) => ['results', monitorId, 'latest'] as const;
export const timesKey = (monitorId: string) => ['results', monitorId, 'times'] as const;

/** The response log, newest first, page by page as it is scrolled. */
export const logQuery = (monitorId: string, filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: [...logKey(monitorId), filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        listResults,
        {
          params: { monitorId },
          query: { ...queryOf(filter), limit: logPage, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** The newest few looks, whatever came of them: each region's last answer is among them. */
export const latestQuery = (monitorId: string) =>
  queryOptions({
    queryKey: latestKey(monitorId),
    queryFn: async ({ signal }): Promise<readonly CheckResultView[]> =>
      (await call(listResults, { params: { monitorId }, query: { limit: latestPage } }, { signal })).items,
  });

export const timesQuery = (monitorId: string, range: Range) =>
  queryOptions({
    queryKey: [...timesKey(monitorId), range],
    queryFn: ({ signal }) => {
      const to = Date.now();
      const from = new Date(to - ranges[range]).toISOString();
      return call(
        getResponseTimes,
        { params: { monitorId }, query: { from, to: new Date(to).toISOString(), points: 300 } },
        { signal },
      );
    },
    placeholderData: keepPreviousData,
  });

export const resultQuery = (monitorId: string, resultId: string) =>
  queryOptions({
    queryKey: ['result', monitorId, resultId],
    queryFn: ({ signal }) => call(getResult, { params: { monitorId, resultId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
