import type { MonitorView } from '@farwatch/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { meQuery } from '../features/accounts/queries.ts';
import type { LogView } from '../features/results/queries.ts';
import { ResponseLog } from '../features/results/response-log.tsx';
import { logViewOf, searchOf } from './monitor-search.ts';

const route = getRouteApi('/app/monitors/$monitorId');

/** The response log with its view in the page's address. */
export const LogOfMonitor = ({ monitor }: { readonly monitor: MonitorView }) => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const keptDays = useQuery(meQuery).data?.organisation.logDays;
  const view = useMemo(() => logViewOf(search), [search]);
  const onView = useCallback(
    (next: LogView): void =>
      void navigate({ search: (before) => ({ ...before, ...searchOf(next) }), replace: true, resetScroll: false }),
    [navigate],
  );
  return <ResponseLog monitor={monitor} view={view} onView={onView} keptDays={keptDays} />;
};
