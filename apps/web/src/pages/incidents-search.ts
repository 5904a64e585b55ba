import { type IncidentsView, isSpan } from '../features/incidents/view.ts';
import { editOf, incidentStatusOf, textOf } from './search.ts';

const dayOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? value : undefined;

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
