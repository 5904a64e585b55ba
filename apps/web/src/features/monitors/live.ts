import type { MonitorView } from '@farwatch/contracts';
import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../api/dial.ts';
import { takeIn } from '../../api/hear.ts';
import { monitorQuery, monitorsQuery, summariesQuery } from './queries.ts';

type Change = (monitor: MonitorView) => MonitorView;

const changeOf = (event: LiveEvent): Readonly<{ monitorId: string; change: Change }> | null => {
  switch (event.type) {
    case 'monitor.status-changed': {
      const { monitorId, status, statusSince } = event.data;
      const newer = (monitor: MonitorView): boolean => Date.parse(monitor.statusSince) <= Date.parse(statusSince);
      return { monitorId, change: (monitor) => (newer(monitor) ? { ...monitor, status, statusSince } : monitor) };
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
  takeIn<MonitorView>(client, monitorQuery(monitorId).queryKey, change);
  const known = client.getQueryData(monitorsQuery.queryKey)?.some(({ id }) => id === monitorId);
  if (known === false) void client.invalidateQueries({ queryKey: monitorsQuery.queryKey }); // made elsewhere a moment ago
  takeIn<readonly MonitorView[]>(client, monitorsQuery.queryKey, (all) =>
    all.map((monitor) => (monitor.id === monitorId ? change(monitor) : monitor)),
  );
};

/** Whoever is checked as often as that has its next look on the stream soon. */
const oftenMs = 60_000;

/** A look may have finished unheard. The list is read again where the next one of some monitor is far away. */
export const refreshSeldomChecked = (client: QueryClient): void => {
  const seldom = client.getQueryData(monitorsQuery.queryKey)?.some(({ intervalMs }) => intervalMs > oftenMs);
  if (seldom === true) void client.invalidateQueries({ queryKey: monitorsQuery.queryKey });
};
