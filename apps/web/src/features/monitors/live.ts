import type { MonitorView } from '@farwatch/contracts';
import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../api/dial.ts';
import { monitorQuery, monitorsQuery, summariesQuery } from './queries.ts';

type Change = (monitor: MonitorView) => MonitorView;

const changeOf = (event: LiveEvent): Readonly<{ monitorId: string; change: Change }> | null => {
  switch (event.type) {
    case 'monitor.status-changed': {
      const { monitorId, status, statusSince } = event.data;
      return { monitorId, change: (monitor) => ({ ...monitor, status, statusSince }) };
    }
    case 'incident.opened':
      return { monitorId: event.data.monitorId, change: (monitor) => ({ ...monitor, incidentId: event.data.id }) };
    case 'incident.resolved':
      return { monitorId: event.data.monitorId, change: (monitor) => ({ ...monitor, incidentId: null }) };
    case 'check.completed': {
      const lastResult = event.data;
      const newer = (before: MonitorView['lastResult']): boolean =>
        before === null || before.scheduledAt <= lastResult.scheduledAt;
      return {
        monitorId: lastResult.monitorId,
        change: (monitor) => (newer(monitor.lastResult) ? { ...monitor, lastResult } : monitor),
      };
    }
    case 'maintenance.started': {
      const { monitorId, until: maintenanceUntil } = event.data;
      return { monitorId, change: (monitor) => ({ ...monitor, maintenanceUntil }) };
    }
    case 'maintenance.ended':
      return { monitorId: event.data.monitorId, change: (monitor) => ({ ...monitor, maintenanceUntil: null }) };
    case 'incident.updated':
    case 'delivery.updated':
    case 'delivery.failed':
      return null;
  }
};

/** Takes what the stream tells into the monitors that are shown. */
export const monitorsHear = (client: QueryClient, event: LiveEvent): void => {
  const told = changeOf(event);
  if (told === null) return;
  const { monitorId, change } = told;
  // The bar of its day has changed too.
  if (event.type === 'incident.opened' || event.type === 'incident.resolved')
    void client.invalidateQueries({ queryKey: summariesQuery.queryKey });
  client.setQueryData(monitorQuery(monitorId).queryKey, (monitor) =>
    monitor === undefined ? monitor : change(monitor),
  );
  client.setQueryData(monitorsQuery.queryKey, (all) => {
    if (all === undefined) return all;
    if (!all.some(({ id }) => id === monitorId)) {
      void client.invalidateQueries({ queryKey: monitorsQuery.queryKey }); // made elsewhere a moment ago
      return all;
    }
    return all.map((monitor) => (monitor.id === monitorId ? change(monitor) : monitor));
  });
};
