import type { MonitorView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { timelineQuery } from '../features/history/queries.ts';
import { incidentsQuery } from '../features/incidents/queries.ts';
import { kindIcons, kindWords } from '../features/marks/mark-list.tsx';
import { marksQuery } from '../features/marks/queries.ts';
import { type Range, ranges } from '../features/results/queries.ts';
import { ResponseChart } from '../features/results/response-chart.tsx';
import { fittingRange } from './fitting-range.ts';
import { type MonitorSearch, zoomOf } from './monitor-search.ts';

const route = getRouteApi('/app/monitors/$monitorId');
const dayMs = 86_400_000;
const none: readonly never[] = [];

type Span = NonNullable<ReturnType<typeof zoomOf>>;
const isoOf = (span: Span | null) => ({
  from: span === null ? undefined : new Date(span.from).toISOString(),
  to: span === null ? undefined : new Date(span.to).toISOString(),
});

/** What happened meanwhile, from the parts of the product that know it. */
const useHappened = (monitorId: string, range: Range) => {
  const shades = useInfiniteQuery(incidentsQuery({ monitorId })).data?.pages[0]?.items ?? none;
  const { data: marked, isLoading: waits } = useQuery(marksQuery(monitorId, ranges[range]));
  const marks = useMemo(
    () =>
      (marked ?? none).map(({ at, text, kind }) => ({
        ...{ at, text, kind, word: i18n.t(kindWords[kind]), Icon: kindIcons[kind] },
      })),
    [marked],
  );
  const { data: timeline } = useQuery(timelineQuery(monitorId, Math.max(1, ranges[range] / dayMs)));
  const maintenance = useMemo(
    () =>
      (timeline?.stretches ?? none)
        .filter(({ state }) => state === 'left-out')
        .map(({ from, to }) => ({ startedAt: from, resolvedAt: to })),
    [timeline],
  );
  return { shades, marks, maintenance, waits };
};

/** The response-time chart with its view in the page's address. */
export const ChartOfMonitor = ({ monitor }: { readonly monitor: MonitorView }) => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = search.range ?? fittingRange(monitor);
  const { chartFrom, chartTo } = search;
  const zoom = useMemo(() => zoomOf({ chartFrom, chartTo }), [chartFrom, chartTo]);
  const change = useCallback(
    (part: MonitorSearch): void =>
      void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false }),
    [navigate],
  );
  const onZoom = useCallback(
    (next: Span | null): void => {
      const { from, to } = isoOf(next);
      change({ chartFrom: from, chartTo: to });
    },
    [change],
  );
  return (
    <ResponseChart
      monitorId={monitor.id}
      intervalMs={monitor.intervalMs}
      regions={monitor.regions.length}
      range={range}
      onRange={(next) => change({ range: next, chartFrom: undefined, chartTo: undefined })}
      zoom={zoom}
      onZoom={onZoom}
      by={search.chart ?? 'region'}
      onBy={(by) => change({ chart: by === 'phase' ? by : undefined, chartRegion: undefined })}
      region={search.chartRegion ?? null}
      onRegion={(region) => change({ chartRegion: region ?? undefined })}
      compare={search.compare === 'week'}
      onCompare={(compare) => change({ compare: compare ? 'week' : undefined })}
      onLog={(span) => change({ ...isoOf(span), tab: undefined, at: undefined, look: undefined })}
      {...useHappened(monitor.id, range)}
    />
  );
};
