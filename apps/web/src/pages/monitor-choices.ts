import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { meQuery } from '../features/accounts/queries.ts';
import { usePolicyChoices } from '../features/escalations/queries.ts';
import type { MonitorChoices } from '../features/monitors/monitor-fields.tsx';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { tagsOf } from '../features/monitors/tags.ts';

const noMonitors: readonly never[] = [];

/** What a monitor's form offers. `self`: the monitor itself, which can't depend on itself. */
export const useMonitorChoices = (self?: string): MonitorChoices => {
  const monitors = useQuery(monitorsQuery).data ?? noMonitors;
  return {
    regions: useSuspenseQuery(meQuery).data.regions,
    policies: usePolicyChoices(),
    tags: tagsOf(monitors),
    monitors: monitors.filter(({ id }) => id !== self).map(({ id, name }) => ({ value: id, label: name })),
  };
};
