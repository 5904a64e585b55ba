import { alertEvents, channelKinds } from '@farwatch/contracts';
import type { DeliveriesView } from '../features/deliveries/delivery-filters.tsx';
import { dayOf, isSpan, type Span } from '../ui/when.ts';
import { editOf, tabOf, textOf } from './search.ts';

const statuses = ['pending', 'accepted', 'delivered', 'failed', 'dropped'] as const;

/** The alerting page's view as it stands in the URL: plain words, lists with commas. */
export type AlertingSearch = Readonly<{
  tab?: ReturnType<typeof tabOf>;
  edit?: string | undefined;
  status?: string | undefined;
  kind?: string | undefined;
  event?: string | undefined;
  channel?: string | undefined;
  monitor?: string | undefined;
  incident?: string | undefined;
  span?: Span | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** A page of the delivery log. */
  page?: string | undefined;
}>;

const idOf = (value: unknown): string | undefined => {
  const id = editOf(value);
  return id === 'new' ? undefined : id;
};
const among = <T extends string>(all: readonly T[], words: string | undefined): readonly T[] | undefined => {
  const wanted = words?.split(',') ?? [];
  const found = all.filter((each) => wanted.includes(each));
  return found.length === 0 ? undefined : found;
};

/** Whatever stands in the URL; what is not understood is left out. */
export const alertingSearch = (search: Readonly<Record<string, unknown>>): AlertingSearch => ({
  tab: tabOf(search.tab),
  edit: editOf(search.edit),
  status: textOf(search.status),
  kind: textOf(search.kind),
  event: textOf(search.event),
  channel: idOf(search.channel),
  monitor: idOf(search.monitor),
  incident: idOf(search.incident),
  span: isSpan(search.span) ? search.span : undefined,
  from: dayOf(search.from),
  to: dayOf(search.to),
  page: typeof search.page === 'string' && /^[\w-]{1,500}$/u.test(search.page) ? search.page : undefined,
});

/** The delivery log as the URL has it. */
export const deliveriesViewOf = ({ status, kind, event, channel, monitor, incident, span, from, to }: AlertingSearch) =>
  ({
    status: among(statuses, status),
    kind: among(channelKinds, kind),
    event: among(alertEvents, event),
    ...{ channel, monitor, incident, span, from, to },
  }) satisfies DeliveriesView;

export const searchOfDeliveries = ({ status, kind, event, ...rest }: DeliveriesView): AlertingSearch => ({
  ...rest,
  tab: 'deliveries',
  status: status?.join(','),
  kind: kind?.join(','),
  event: event?.join(','),
});
