import type { IncidentsView } from '../features/incidents/view.ts';
import { dayOf, isSpan } from '../ui/when.ts';
import { editOf, incidentStatusOf, textOf } from './search.ts';

/** Whatever stands in the URL; what is not understood is left out. */
export const incidentsSearch = ({
  status,
  monitor,
  search,
  span,
  from,
  to,
}: Record<string, unknown>): IncidentsView => {
  const monitorId = editOf(monitor);
  return {
    status: incidentStatusOf(status),
    monitor: monitorId === 'new' ? undefined : monitorId,
    search: textOf(search),
    span: isSpan(span) ? span : undefined,
    from: dayOf(from),
    to: dayOf(to),
  };
};
