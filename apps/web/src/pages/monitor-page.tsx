import type { MonitorView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconSettings } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { CallError } from '../api/call-error.ts';
import { TimelineBar } from '../features/history/timeline-bar.tsx';
import { UptimeFigures } from '../features/history/uptime-figures.tsx';
import { MonitorButtons } from '../features/monitors/monitor-actions.tsx';
import { MonitorHead, MonitorNote } from '../features/monitors/monitor-head.tsx';
import { monitorQuery } from '../features/monitors/queries.ts';
import { chartHeight, chartRoom } from '../features/results/chart-room.ts';
import { RegionsOnMap, RegionTable } from '../features/results/region-table.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Problem } from '../ui/problem.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import { MonitorTabs } from './monitor-tabs.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { OpenIncident } from './open-incident.tsx';
import styles from './pages.module.css';

/** The page reads without it, and drawing is heavy. */
const ChartOfMonitor = lazy(async () => ({ default: (await import('./chart-of-monitor.tsx')).ChartOfMonitor }));
/** Seen once, by whoever has just begun. */
const Welcome = lazy(async () => ({ default: (await import('./welcome.tsx')).Welcome }));

const route = getRouteApi('/app/monitors/$monitorId');
const Loaded = ({ monitor }: { readonly monitor: MonitorView }) => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [lines, by] = [monitor.regions.length, search.chart ?? 'region'] as const;
  const change = (next: typeof search): void => void navigate({ search: next, replace: true, resetScroll: false });
  return (
    <Page
      title={monitor.name}
      head={<MonitorHead monitor={monitor} />}
      note={<MonitorNote monitor={monitor} />}
      actions={
        <div className={styles.acts}>
          <MonitorButtons monitor={monitor} onDeleted={() => void navigate({ to: '/' })}>
            <ButtonLink
              to="/monitors/$monitorId/settings"
              params={{ monitorId: monitor.id }}
              variant="default"
              leftSection={<IconSettings size={16} aria-hidden />}
            >
              <Trans>Settings</Trans>
            </ButtonLink>
          </MonitorButtons>
        </div>
      }
    >
      {monitor.incidentId === null ? null : <OpenIncident incidentId={monitor.incidentId} />}
      <Section title={t`Last answers`}>
        <RegionTable monitorId={monitor.id} regions={monitor.regions} />
        <RegionsOnMap monitorId={monitor.id} regions={monitor.regions} />
      </Section>
      <Section title={t`Uptime`}>
        <UptimeFigures monitorId={monitor.id} />
        <TimelineBar monitorId={monitor.id} createdAt={monitor.createdAt} />
      </Section>
      {search.welcome === undefined ? null : (
        <Suspense fallback={<Skeletons rows={2} height={64} />}>
          <Welcome onDone={() => change({ ...search, welcome: undefined })} />
        </Suspense>
      )}
      <Suspense
        fallback={
          <div className={styles.chart} style={chartRoom(lines, by)}>
            <Skeletons rows={1} height={chartHeight(lines, by)} label={t`Loading the chart`} />
          </div>
        }
      >
        <ChartOfMonitor monitor={monitor} />
      </Suspense>
      <MonitorTabs monitor={monitor} />
    </Page>
  );
};

export const MonitorPage = () => {
  const { monitorId } = route.useParams();
  const query = useQuery(monitorQuery(monitorId));
  if (query.status === 'pending')
    return (
      <Page title={t`Monitor`}>
        <Skeletons rows={6} height={96} label={t`Loading the monitor`} />
      </Page>
    );
  if (query.status === 'error')
    return query.error instanceof CallError && query.error.status === 404 ? (
      <NotFoundPage />
    ) : (
      <Page title={t`Monitor`}>
        <Problem title={t`The monitor could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    );
  return <Loaded key={monitorId} monitor={query.data} />;
};
