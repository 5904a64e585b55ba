import { acknowledgeIncident, checkMonitor, type IncidentView, type MonitorView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { notifications } from '@mantine/notifications';
import { IconHandStop, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { call } from '../../api/call.ts';
import { messageOf } from '../../api/call-error.ts';
import { usePauseOrResume } from '../../features/monitors/queries.ts';
import type { Entry } from './entry.ts';

const group = 'acts';
const say = (message: string): void => void notifications.show({ message });
const sayFailed = (error: Error): void => void notifications.show({ color: 'red', message: messageOf(error) });

const useMonitorEntries = (monitor: MonitorView | undefined): readonly Entry[] => {
  const pauseOrResume = usePauseOrResume();
  const check = useMutation({ mutationFn: (monitorId: string) => call(checkMonitor, { params: { monitorId } }) });
  if (monitor === undefined) return [];
  const { id: monitorId, name, pausedAt } = monitor;
  const act = pausedAt === null ? 'pause' : 'resume';
  const done = (): void => say(act === 'pause' ? t`${name} is paused.` : t`${name} is watched again.`);
  const again: Entry = {
    ...{ id: 'check here', group, label: t`Check ${name} now`, icon: IconRefresh, also: 're-check' },
    // By promise: the palette is closed by then, and hears of nothing itself.
    run: () => void check.mutateAsync(monitorId).then(() => say(t`Every region looks at ${name} now.`), sayFailed),
  };
  const pause: Entry = {
    ...{ id: 'pause here', group, label: act === 'pause' ? t`Pause ${name}` : t`Resume ${name}` },
    icon: act === 'pause' ? IconPlayerPause : IconPlayerPlay,
    run: () => void pauseOrResume.mutateAsync({ monitorId, act }).then(done, sayFailed),
  };
  return act === 'pause' ? [again, pause] : [pause];
};

/** What can be done with the monitor one is on, and with what is down. */
export const useHereEntries = (
  monitors: readonly MonitorView[],
  incidents: readonly IncidentView[],
): readonly Entry[] => {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const client = useQueryClient();
  const here = useMonitorEntries(monitors.find(({ id }) => path.startsWith(`/monitors/${id}`)));
  const acknowledge = useMutation({
    mutationFn: (incidentId: string) => call(acknowledgeIncident, { params: { incidentId } }),
    onSuccess: async ({ id, monitorName }) => {
      say(t`You have ${monitorName} now.`);
      await client.invalidateQueries({ queryKey: ['incident', id] });
      await client.invalidateQueries({ queryKey: ['incidents'] });
    },
    onError: sayFailed,
  });
  const free = incidents.filter(({ acknowledgedAt }) => acknowledgedAt === null);
  const onPage = free.filter(({ id }) => path === `/incidents/${id}`);
  const acknowledgeable = (onPage.length > 0 ? onPage : free).map(({ id, monitorName }): Entry => {
    const label = t`Acknowledge: ${monitorName} is down`;
    return { id: `acknowledge ${id}`, group, label, icon: IconHandStop, run: () => acknowledge.mutate(id) };
  });
  return [...acknowledgeable, ...here];
};
