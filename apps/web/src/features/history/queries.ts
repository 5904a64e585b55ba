import { getTimeline, getUptime, listChanges } from '@farwatch/contracts';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

const dayMs = 86_400_000;
/** An uptime changes slowly; it is asked for again so often while somebody looks. */
const uptimeEveryMs = 60_000;

/** The uptime of so many last days. */
export const uptimeQuery = (monitorId: string, days: number) =>
  queryOptions({
    queryKey: ['uptime', monitorId, days],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - days * dayMs).toISOString();
      return call(getUptime, { params: { monitorId }, query: { from } }, { signal });
    },
    refetchInterval: uptimeEveryMs,
    placeholderData: keepPreviousData,
  });

/** When it was up, down or unknown in so many last days. */
export const timelineQuery = (monitorId: string, days: number) =>
  queryOptions({
    queryKey: ['timeline', monitorId, days],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - days * dayMs).toISOString();
      return call(getTimeline, { params: { monitorId }, query: { from } }, { signal });
    },
    refetchInterval: uptimeEveryMs,
  });

const pageSize = 10;

/** What was decided about a monitor, newest first. */
export const changesQuery = (monitorId: string) =>
  infiniteQueryOptions({
    queryKey: ['changes', monitorId],
    queryFn: ({ pageParam, signal }) =>
      call(
        listChanges,
        { params: { monitorId }, query: { limit: pageSize, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
