import {
  addComment,
  getIncident,
  getPostMortem,
  type IncidentView,
  listComments,
  listDecisions,
  listIncidents,
  type QueryOf,
} from '@farwatch/contracts';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { call, callTagged, hrefOf } from '../../api/call.ts';

/** Which incidents; `from` and `to` are moments of their starts. */
export type IncidentFilter = Readonly<{
  monitorId?: string | undefined;
  status?: IncidentView['status'] | undefined;
  search?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}>;

const pageSize = 50;

const queryOf = ({ status, ...rest }: IncidentFilter): QueryOf<typeof listIncidents> => ({
  ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  ...(status === undefined ? {} : { status: [status] }),
});

export const incidentsQuery = (filter: IncidentFilter) =>
  infiniteQueryOptions({
    queryKey: ['incidents', filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        listIncidents,
        { query: { ...queryOf(filter), limit: pageSize, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Where all of them come as a file. */
export const incidentsLink = (filter: IncidentFilter, format: 'csv' | 'ndjson'): string =>
  hrefOf(listIncidents, { query: { ...queryOf(filter), format } });

/** The post-mortem as its editor needs it: fresh, with the tag that keeps two people from overwriting each other. */
export const postMortemQuery = (incidentId: string) =>
  queryOptions({
    queryKey: ['post-mortem', incidentId],
    queryFn: ({ signal }) => callTagged(getPostMortem, { params: { incidentId } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
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

export const useAddComment = (incidentId: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => call(addComment, { params: { incidentId }, body: { text } }),
    onSuccess: () => client.invalidateQueries({ queryKey: commentsQuery(incidentId).queryKey }),
  });
};
