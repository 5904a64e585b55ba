import {
  checkMonitor,
  createMonitor,
  getMonitor,
  listMonitorSummaries,
  listMonitors,
  type MonitorPatch,
  type MonitorView,
  type NewMonitor,
  type PreviewedPolicy,
  pauseMonitor,
  previewPolicy,
  type ReplyOf,
  resumeMonitor,
  updateMonitor,
} from '@farwatch/contracts';
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, callTagged } from '../../api/call.ts';
import { everyPage } from '../../api/every-page.ts';

/** All of them: counts, search and sorting happen here, without a request for each letter. */
export const monitorsQuery = queryOptions({
  queryKey: ['monitors'],
  queryFn: ({ signal }) =>
    everyPage((page) => call(listMonitors, { query: { ...page, sort: 'name' } }, { signal }), {
      limit: 1_000,
    }),
});

/** What can still be brought back; only what lists it knows more. */
export const deletedKey = ['deleted-monitors'] as const;

/** A bar moves on by itself every half hour; nothing on the stream says so. */
const summariesAgeMs = 5 * 60_000;
/** The last day of each monitor, by its id. */
export const summariesQuery = queryOptions({
  queryKey: ['monitor-summaries'],
  queryFn: async ({ signal }) => {
    const { items } = await call(listMonitorSummaries, {}, { signal });
    return new Map(items.map((summary) => [summary.monitorId, summary]));
  },
  refetchInterval: summariesAgeMs,
});

export const monitorQuery = (monitorId: string) =>
  queryOptions({
    queryKey: ['monitor', monitorId],
    queryFn: ({ signal }) => call(getMonitor, { params: { monitorId } }, { signal }),
  });

/** The monitor as a form needs it: fresh, with the tag that keeps two people from overwriting each other. */
export const monitorSettingsQuery = (monitorId: string) =>
  queryOptions({
    queryKey: ['monitor-settings', monitorId],
    queryFn: ({ signal }) => callTagged(getMonitor, { params: { monitorId } }, { signal }),
    staleTime: 'static', // a gap in the event stream reads everything anew, but not what is being changed here
    gcTime: 0,
  });

/** Puts a monitor's new shape wherever it is shown. */
export const keep = (client: QueryClient, monitor: MonitorView): void => {
  client.setQueryData(monitorQuery(monitor.id).queryKey, monitor);
  client.setQueryData(monitorsQuery.queryKey, (all) => all?.map((each) => (each.id === monitor.id ? monitor : each)));
};

export const useCreateMonitor = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewMonitor) => call(createMonitor, { body }),
    onSuccess: (monitor) => {
      client.setQueryData(monitorQuery(monitor.id).queryKey, monitor);
      return client.invalidateQueries({ queryKey: monitorsQuery.queryKey });
    },
  });
};

export const useUpdateMonitor = (monitorId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, etag }: { body: MonitorPatch; etag: string | null }) =>
      callTagged(updateMonitor, { params: { monitorId }, body }, etag === null ? {} : { ifMatch: etag }),
    onSuccess: (saved) => {
      keep(client, saved.data);
      client.setQueryData(monitorSettingsQuery(monitorId).queryKey, saved);
    },
  });
};

export type Previewed = ReplyOf<typeof previewPolicy>;
export type Wanted = PreviewedPolicy;
/** What other settings would have come to; nothing is saved. */
export const previewQuery = (monitorId: string, wanted: Wanted) =>
  queryOptions({
    queryKey: ['policy-preview', monitorId, wanted],
    queryFn: ({ signal }) => call(previewPolicy, { params: { monitorId }, body: wanted }, { signal }),
    staleTime: 60_000,
    retry: false,
  });

export type MonitorAct = 'pause' | 'resume';

export const usePauseOrResume = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ monitorId, act }: { monitorId: string; act: MonitorAct }) =>
      call(act === 'pause' ? pauseMonitor : resumeMonitor, { params: { monitorId } }),
    onSuccess: (monitor) => keep(client, monitor),
  });
};

export const useCheckNow = (monitorId: string) =>
  useMutation({ mutationFn: () => call(checkMonitor, { params: { monitorId } }) });
