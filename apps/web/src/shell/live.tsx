import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import type { LiveEvent } from '../api/dial.ts';
import { LiveEvents } from '../api/stream-state.tsx';
import { meQuery } from '../features/accounts/queries.ts';
import { channelsHear } from '../features/channels/queries.ts';
import { deliveriesHear } from '../features/deliveries/queries.ts';
import { diagnosisHears } from '../features/diagnosis/live.ts';
import { historyHears } from '../features/history/live.ts';
import { incidentsHear } from '../features/incidents/live.ts';
import { maintenanceHears } from '../features/maintenance/live.ts';
import { monitorsHear, refreshSeldomChecked } from '../features/monitors/live.ts';
import { resultsHear } from '../features/results/live.ts';
import { missedLooks } from '../features/results/missed-looks.ts';
import { browserZone } from '../ui/zone.ts';
import { notifyOf } from './browser-notifications.ts';
import { SessionEnded } from './session-ended.tsx';
import { useOpensFromNotification } from './use-opens.ts';
import { zoneOf } from './zone-of.ts';

/** Lets every feature hear what the event stream tells. */
export const Live = ({ children }: { readonly children: ReactNode }) => {
  const client = useQueryClient();
  useOpensFromNotification();
  const onEvent = useCallback(
    (event: LiveEvent, leading: boolean) => {
      monitorsHear(client, event);
      resultsHear(client, event);
      incidentsHear(client, event);
      diagnosisHears(client, event);
      historyHears(client, event);
      deliveriesHear(client, event);
      channelsHear(client, event);
      maintenanceHears(client, event);
      if (!leading) return;
      const me = client.getQueryData(meQuery.queryKey);
      void notifyOf(event, me === undefined ? browserZone : zoneOf(me));
    },
    [client],
  );
  const onGap = useCallback(() => void client.invalidateQueries(), [client]);
  const onRefused = useCallback(() => void client.invalidateQueries({ queryKey: ['me'] }), [client]);
  const onSettled = useCallback(() => {
    refreshSeldomChecked(client);
    void missedLooks(client).then((looks) => {
      for (const data of looks) onEvent({ type: 'check.completed', data }, false);
    });
  }, [client, onEvent]);
  return (
    <LiveEvents onEvent={onEvent} onGap={onGap} onRefused={onRefused} onSettled={onSettled}>
      {children}
      <SessionEnded />
    </LiveEvents>
  );
};
