import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { meQuery } from '../features/accounts/queries.ts';
import { usePolicyChoices } from '../features/escalations/queries.ts';
import type { MonitorChoices } from '../features/monitors/monitor-fields.tsx';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { tagsOf } from '../features/monitors/tags.ts';

/** What a monitor's form offers. */
export const useMonitorChoices = (): MonitorChoices => ({
  regions: useSuspenseQuery(meQuery).data.regions,
  policies: usePolicyChoices(),
  tags: tagsOf(useQuery(monitorsQuery).data ?? []),
});
