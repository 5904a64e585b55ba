import type { MonitorView } from '@farwatch/contracts';
import { IconSettings } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { CallError } from '../api/call-error.ts';
import { ChangesList } from '../features/history/changes-list.tsx';
import { TimelineBar } from '../features/history/timeline-bar.tsx';
import { UptimeFigures } from '../features/history/uptime-figures.tsx';
import { IncidentsList } from '../features/incidents/incidents-list.tsx';
import { incidentsQuery } from '../features/incidents/queries.ts';
import { MarkList } from '../features/marks/mark-list.tsx';
import { marksQuery } from '../features/marks/queries.ts';
import { MonitorButtons } from '../features/monitors/monitor-actions.tsx';
import { MonitorHead, MonitorNote } from '../features/monitors/monitor-head.tsx';
import { monitorQuery } from '../features/monitors/queries.ts';
import { type Range, ranges } from '../features/results/queries.ts';
import { RegionTable } from '../features/results/region-table.tsx';
import { ButtonLink } from '../ui/link.tsx';
import { Page, Section } from '../ui/page.tsx';
import { Problem } from '../ui/problem.tsx';
import { Skeletons } from '../ui/skeletons.tsx';
import { LogOfMonitor } from './log-of-monitor.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { OpenIncident } from './open-incident.tsx';

/** The page reads without it, and drawing is heavy. */
const ResponseChart = lazy(async () => ({
  default: (await import('../features/results/response-chart.tsx')).ResponseChart,
}));
/** Seen once, by whoever has just begun. */
const Welcome = lazy(async () => ({ default: (await import('./welcome.tsx')).Welcome }));

const route = getRouteApi('/app/monitors/$monitorId');
/** As much as the chart takes with its heading. */
const chartHeight = 360;
const youngMs = 12 * 3_600_000;

/** A monitor made a moment ago has nothing to show for a whole day. */
const fittingRange = ({ createdAt }: MonitorView): Range =>
  Date.now() - Date.parse(createdAt) < youngMs ? '1h' : '24h';

const Loaded = ({ monitor }: { readonly monitor: MonitorView }) => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const incidents = useInfiniteQuery(incidentsQuery({ monitorId: monitor.id }));
  const range = search.range ?? fittingRange(monitor);
  const marks = useQuery(marksQuery(monitor.id, ranges[range])).data ?? noMarks;
  const change = (next: typeof search): void => void navigate({ search: next, replace: true, resetScroll: false });
  return (
    <Page
      title={monitor.name}
      head={<MonitorHead monitor={monitor} />}
      note={<MonitorNote monitor={monitor} />}
      actions={
        <>
          <MonitorButtons monitor={monitor} onDeleted={() => void navigate({ to: '/' })} />
          <ButtonLink
            to="/monitors/$monitorId/settings"
            params={{ monitorId: monitor.id }}
            variant="default"
            leftSection={<IconSettings size={16} aria-hidden />}
          >
            Settings
          </ButtonLink>
        </>
      }
    >
      {monitor.incidentId === null ? null : <OpenIncident incidentId={monitor.incidentId} />}
      <Section title="Last answers">
        <RegionTable monitorId={monitor.id} regions={monitor.regions} />
      </Section>
      <Section title="Uptime">
        <UptimeFigures monitorId={monitor.id} />
        <TimelineBar monitorId={monitor.id} createdAt={monitor.createdAt} />
      </Section>
      {search.welcome === undefined ? null : (
        <Suspense fallback={<Skeletons rows={2} height={64} />}>
          <Welcome onDone={() => change({ ...search, welcome: undefined })} />
        </Suspense>
      )}
      <Suspense fallback={<Skeletons rows={1} height={chartHeight} label="Loading the chart" />}>
        <ResponseChart
          monitorId={monitor.id}
          intervalMs={monitor.intervalMs}
          range={range}
          onRange={(next) => change({ ...search, range: next })}
          shades={incidents.data?.pages[0]?.items ?? noShades}
          marks={marks}
        />
      </Suspense>
      {marks.length === 0 ? null : (
        <Section title="Marks">
          <MarkList marks={marks} label="What happened in this range" />
        </Section>
      )}
      <Section title="Incidents">
        <IncidentsList filter={{ monitorId: monitor.id }} />
      </Section>
      <Section title="Changes">
        <ChangesList monitorId={monitor.id} />
      </Section>
      <Section title="Response log" plain>
        <LogOfMonitor monitor={monitor} />
      </Section>
    </Page>
  );
};
const noShades: readonly never[] = [];
const noMarks: readonly never[] = [];

export const MonitorPage = () => {
  const { monitorId } = route.useParams();
  const query = useQuery(monitorQuery(monitorId));
  if (query.status === 'pending') return <Skeletons rows={6} height={96} label="Loading the monitor" />;
  if (query.status === 'error')
    return query.error instanceof CallError && query.error.status === 404 ? (
      <NotFoundPage />
    ) : (
      <Problem title="The monitor could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  return <Loaded key={monitorId} monitor={query.data} />;
};
