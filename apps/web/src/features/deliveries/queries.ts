import {
  type DeliveryView,
  getDelivery,
  listDeliveries,
  type QueryOf,
  type ReplyOf,
  resendDelivery,
} from '@farwatch/contracts';
import { keepPreviousData, type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import type { LiveEvent } from '../../api/dial.ts';
import { seldom } from '../../api/hear.ts';

/** Which deliveries; moments are ISO 8601, `to` the first that is left out. */
export type DeliveryFilter = Readonly<{
  incidentId?: string | undefined;
  monitorId?: string | undefined;
  channelId?: string | undefined;
  status?: readonly DeliveryView['status'][] | undefined;
  kind?: readonly DeliveryView['kind'][] | undefined;
  event?: readonly DeliveryView['event'][] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}>;
export type DeliveryPage = ReplyOf<typeof listDeliveries>;

const pageSize = 50;

const queryOf = (filter: DeliveryFilter, cursor: string | undefined): QueryOf<typeof listDeliveries> => ({
  limit: pageSize,
  ...(filter.incidentId === undefined ? {} : { incidentId: filter.incidentId }),
  ...(filter.monitorId === undefined ? {} : { monitorId: filter.monitorId }),
  ...(filter.channelId === undefined ? {} : { channelId: filter.channelId }),
  ...(filter.status === undefined ? {} : { status: [...filter.status] }),
  ...(filter.kind === undefined ? {} : { kind: [...filter.kind] }),
  ...(filter.event === undefined ? {} : { event: [...filter.event] }),
  ...(filter.from === undefined ? {} : { from: filter.from }),
  ...(filter.to === undefined ? {} : { to: filter.to }),
  ...(cursor === undefined ? {} : { cursor }),
});

/** One page of the log. On the way back to the newest a page may be a short one: then it is the first page as it is now. */
const readPage = async (filter: DeliveryFilter, cursor: string | undefined, signal: AbortSignal) => {
  const page = await call(listDeliveries, { query: queryOf(filter, cursor) }, { signal });
  const short = cursor !== undefined && page.previous === null && page.items.length < pageSize;
  return short ? call(listDeliveries, { query: queryOf(filter, undefined) }, { signal }) : page;
};

const listsKey = ['deliveries'] as const;

/** A page of the log: the newest, or the one that a cursor leads to. What was there stays until the next is. */
export const deliveriesQuery = (filter: DeliveryFilter, cursor?: string) =>
  queryOptions({
    queryKey: [...listsKey, filter, cursor ?? 'newest'],
    queryFn: ({ signal }) => readPage(filter, cursor, signal),
    placeholderData: keepPreviousData,
  });

/** Until it is settled it is also asked for, should an event be lost on the way: somebody is waiting before the screen. */
const anxiousMs = 2_000;

export const deliveryQuery = (deliveryId: string) =>
  queryOptions({
    queryKey: ['delivery', deliveryId],
    queryFn: ({ signal }) => call(getDelivery, { params: { deliveryId } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? anxiousMs : false),
  });

/** Puts a delivery as it is now wherever it is shown. */
const keep = (client: QueryClient, delivery: DeliveryView): void => {
  client.setQueryData(deliveryQuery(delivery.id).queryKey, delivery);
  client.setQueriesData<DeliveryPage>({ queryKey: listsKey }, (page) =>
    page === undefined
      ? page
      : { ...page, items: page.items.map((each) => (each.id === delivery.id ? delivery : each)) },
  );
};

/** `onSent` is told at once: a list that is read anew may take the delivery, and its button, out of sight. */
export const useResend = (onSent: (deliveryId: string) => void) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) => call(resendDelivery, { params: { deliveryId } }),
    onSuccess: (delivery) => {
      keep(client, delivery);
      onSent(delivery.id);
      return client.invalidateQueries({ queryKey: listsKey });
    },
  });
};

/** A storm of alerts reads the lists once in a while, not once an alert. */
const refreshLists = seldom(400, (client) => client.invalidateQueries({ queryKey: listsKey }));

/** Deliveries are read afresh when one of them moved: events name them only. An incident's alerts come with it. */
export const deliveriesHear = (client: QueryClient, event: LiveEvent): void => {
  switch (event.type) {
    case 'delivery.updated':
    case 'delivery.failed':
      void client.invalidateQueries({ queryKey: deliveryQuery(event.data.deliveryId).queryKey });
      refreshLists(client);
      return;
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved':
      refreshLists(client);
      return;
    case 'maintenance.started':
    case 'maintenance.ended':
    case 'monitor.status-changed':
    case 'check.completed':
  }
};
