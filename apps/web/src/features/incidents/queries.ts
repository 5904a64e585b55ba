import { getIncident, type IncidentView, listIncidents } from '@farwatch/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
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
