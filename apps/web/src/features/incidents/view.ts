import type { IncidentView } from '@farwatch/contracts';
import { momentsOf, type When } from '../../ui/when.ts';
import type { IncidentFilter } from './queries.ts';

/** The list's view as it stands in the URL. */
export type IncidentsView = When &
  Readonly<{
    status?: IncidentView['status'] | undefined;
    monitor?: string | undefined;
    search?: string | undefined;
  }>;

/** What to ask for. */
export const filterOf = (view: IncidentsView, zone: string, now: number): IncidentFilter => ({
  status: view.status,
  monitorId: view.monitor,
  search: view.search,
  ...momentsOf(view, zone, now),
});
