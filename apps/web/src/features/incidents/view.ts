import type { IncidentView } from '@farwatch/contracts';
import { momentOf, nextDayAt } from '../../ui/wall-time.ts';
import type { IncidentFilter } from './queries.ts';

const hour = 3_600_000;
const spans = { '24h': 24 * hour, '7d': 168 * hour, '30d': 720 * hour, '90d': 2_160 * hour } as const;
export type Span = keyof typeof spans;
export const isSpan = (value: unknown): value is Span => typeof value === 'string' && Object.hasOwn(spans, value);

/** The list's view as it stands in the URL; `from` and `to` are days on the reader's calendar. */
export type IncidentsView = Readonly<{
  status?: IncidentView['status'] | undefined;
  monitor?: string | undefined;
  search?: string | undefined;
  span?: Span | undefined;
  from?: string | undefined;
  to?: string | undefined;
}>;

/** What to ask for. A span is counted from the full minute, so that a page that is drawn again asks nothing new. */
export const filterOf = (view: IncidentsView, zone: string, now: number): IncidentFilter => {
  const minute = Math.floor(now / 60_000) * 60_000;
  const since = view.span === undefined ? undefined : new Date(minute - spans[view.span]).toISOString();
  const from = view.from === undefined ? since : (momentOf(`${view.from}T00:00`, zone) ?? undefined);
  const last = view.to === undefined ? null : momentOf(`${view.to}T00:00`, zone);
  return {
    status: view.status,
    monitorId: view.monitor,
    search: view.search,
    from,
    to: last === null ? undefined : nextDayAt(Date.parse(last), 0, zone),
  };
};
