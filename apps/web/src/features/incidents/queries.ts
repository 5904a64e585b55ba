import {
  acknowledgeIncident,
  addComment,
  assignIncident,
  getIncident,
  type IncidentView,
  listComments,
  listDecisions,
  listIncidents,
  snoozeIncident,
  unacknowledgeIncident,
  writePostMortem,
} from '@farwatch/contracts';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';

export type IncidentFilter = Readonly<{ monitorId?: string; status?: IncidentView['status'] | undefined }>;

const pageSize = 50;

export const incidentsQuery = ({ monitorId, status }: IncidentFilter) =>
  infiniteQueryOptions({
    queryKey: ['incidents', { monitorId, status }],
    queryFn: ({ pageParam, signal }) =>
      call(
        listIncidents,
        {
          query: {
            limit: pageSize,
            ...(monitorId === undefined ? {} : { monitorId }),
            ...(status === undefined ? {} : { status: [status] }),
            ...(pageParam === '' ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const incidentQuery = (incidentId: string) =>
  queryOptions({
    queryKey: ['incident', incidentId],
    queryFn: ({ signal }) => call(getIncident, { params: { incidentId } }, { signal }),
  });

const pageOfComments = 100;

export const commentsQuery = (incidentId: string) =>
  infiniteQueryOptions({
    queryKey: ['incident-comments', incidentId],
    queryFn: ({ pageParam, signal }) =>
      call(
        listComments,
        {
          params: { incidentId },
          query: { limit: pageOfComments, ...(pageParam === '' ? {} : { cursor: pageParam }) },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Why it alerted, or did not, oldest first. */
export const decisionsQuery = (incidentId: string) =>
  infiniteQueryOptions({
    queryKey: ['incident-decisions', incidentId],
    queryFn: ({ pageParam, signal }) =>
      call(listDecisions, { params: { incidentId }, query: pageParam === '' ? {} : { cursor: pageParam } }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** What somebody does about an incident. */
export type Deed =
  | Readonly<{ kind: 'acknowledge' | 'give-back' }>
  | Readonly<{ kind: 'assign'; accountId: string | null }>
  | Readonly<{ kind: 'snooze'; until: string | null }>
  | Readonly<{ kind: 'post-mortem'; text: string | null }>;

const perform = (incidentId: string, deed: Deed): Promise<IncidentView> => {
  const params = { incidentId };
  switch (deed.kind) {
    case 'acknowledge':
      return call(acknowledgeIncident, { params });
    case 'give-back':
      return call(unacknowledgeIncident, { params });
    case 'assign':
      return call(assignIncident, { params, body: { accountId: deed.accountId } });
    case 'snooze':
      return call(snoozeIncident, { params, body: { until: deed.until } });
    case 'post-mortem':
      return call(writePostMortem, { params, body: { text: deed.text } });
  }
};

export const useDeed = (incidentId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deed: Deed) => perform(incidentId, deed),
    onSuccess: (incident) => {
      client.setQueryData(incidentQuery(incidentId).queryKey, (before) =>
        before ? { ...before, ...incident } : before,
      );
      void client.invalidateQueries({ queryKey: decisionsQuery(incidentId).queryKey });
      return client.invalidateQueries({ queryKey: commentsQuery(incidentId).queryKey });
    },
    // Somebody else was faster, or it cleared meanwhile: the page shows how it is now.
    onError: () => client.invalidateQueries({ queryKey: incidentQuery(incidentId).queryKey }),
  });
};

export const useAddComment = (incidentId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => call(addComment, { params: { incidentId }, body: { text } }),
    onSuccess: () => client.invalidateQueries({ queryKey: commentsQuery(incidentId).queryKey }),
  });
};
