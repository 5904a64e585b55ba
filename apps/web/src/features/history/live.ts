import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../api/dial.ts';

/** What the stream tells of a monitor or an incident changes its history: that is read afresh. */
export const historyHears = (client: QueryClient, event: LiveEvent): void => {
  switch (event.type) {
    case 'monitor.status-changed':
    case 'incident.opened':
    case 'incident.updated':
    case 'incident.resolved':
    case 'maintenance.started':
    case 'maintenance.ended': {
      const { monitorId } = event.data;
      void client.invalidateQueries({ queryKey: ['changes', monitorId] });
      void client.invalidateQueries({ queryKey: ['uptime', monitorId] });
      void client.invalidateQueries({ queryKey: ['timeline', monitorId] });
      return;
    }
    case 'check.completed':
    case 'delivery.updated':
    case 'delivery.failed':
  }
};
