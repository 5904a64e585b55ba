import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../api/dial.ts';
import { commentsQuery, decisionsQuery, incidentQuery } from './queries.ts';

/** Takes what the stream tells into the incidents that are shown; spans are read afresh, since events leave them out. */
export const incidentsHear = (client: QueryClient, event: LiveEvent): void => {
  switch (event.type) {
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved': {
      const { queryKey } = incidentQuery(event.data.id);
      client.setQueryData(queryKey, (incident) => (incident === undefined ? incident : { ...incident, ...event.data }));
      void client.invalidateQueries({ queryKey });
      void client.invalidateQueries({ queryKey: commentsQuery(event.data.id).queryKey });
      void client.invalidateQueries({ queryKey: decisionsQuery(event.data.id).queryKey });
      void client.invalidateQueries({ queryKey: ['incidents'] });
      return;
    }
    case 'maintenance.started':
    case 'maintenance.ended':
    case 'monitor.status-changed':
    case 'check.completed':
    case 'delivery.updated':
    case 'delivery.failed':
  }
};
