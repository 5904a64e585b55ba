import type { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '../../api/dial.ts';

/** A new version of a diagnosis is told as a change of its incident. */
export const diagnosisHears = (client: QueryClient, event: LiveEvent): void => {
  if (event.type !== 'incident.updated' && event.type !== 'incident.resolved' && event.type !== 'incident.opened')
    return;
  void client.invalidateQueries({ queryKey: ['incident-diagnosis', event.data.id] });
  void client.invalidateQueries({ queryKey: ['incident-logs', event.data.id] });
};
