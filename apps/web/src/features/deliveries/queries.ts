import { type DeliveryView, getDelivery, listDeliveries, resendDelivery } from '@farwatch/contracts';
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import type { LiveEvent } from '../../api/dial.ts';

export type DeliveryFilter = Readonly<{ incidentId?: string; status?: DeliveryView['status'] | undefined }>;

const pageSize = 50;

export const deliveriesQuery = ({ incidentId, status }: DeliveryFilter) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', { incidentId, status }],
    queryFn: ({ pageParam, signal }) =>
      call(
        listDeliveries,
        {
          query: {
            limit: pageSize,
            ...(incidentId === undefined ? {} : { incidentId }),
            ...(status === undefined ? {} : { status: [status] }),
            ...(pageParam === '' ? {} : { cursor: pageParam }),
          },
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });

/** Until it is settled it is also asked for, should an event be lost on the way: somebody is waiting before the screen. */
const anxiousMs = 2_000;

export const deliveryQuery = (deliveryId: string) =>
  queryOptions({
    queryKey: ['delivery', deliveryId],
    queryFn: ({ signal }) => call(getDelivery, { params: { deliveryId } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? anxiousMs : false),
  });

export const useResend = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) => call(resendDelivery, { params: { deliveryId } }),
    onSuccess: (delivery) => {
      client.setQueryData(deliveryQuery(delivery.id).queryKey, delivery);
      return client.invalidateQueries({ queryKey: ['deliveries'] });
    },
  });
};

/** Deliveries are read afresh when one of them moved: events name them only. An incident's alerts come with it. */
export const deliveriesHear = (client: QueryClient, event: LiveEvent): void => {
  switch (event.type) {
    case 'delivery.updated':
    case 'delivery.failed':
      void client.invalidateQueries({ queryKey: deliveryQuery(event.data.deliveryId).queryKey });
      void client.invalidateQueries({ queryKey: ['deliveries'] });
      return;
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved':
      void client.invalidateQueries({ queryKey: ['deliveries'] });
      return;
    case 'maintenance.started':
    case 'maintenance.ended':
    case 'monitor.status-changed':
    case 'check.completed':
  }
};
