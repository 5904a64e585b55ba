import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { useReady } from '../../ui/use-ready.ts';
import styles from './chart.module.css';
import type { Around } from './chart-canvas.tsx';
import { type Times, weekMs } from './chart-data.ts';
import { ChartDrawn, type Drawing } from './chart-drawn.tsx';
import { ChartLegend, DashedNote } from './chart-legend.tsx';
import { type ChartBy, chartHeight, chartRoom } from './chart-room.ts';
import { ChartStrip } from './chart-strip.tsx';
import { ChartTable } from './chart-table.tsx';
import { type Span, within } from './chart-zoom.ts';
import { ChartZoomBar } from './chart-zoom-bar.tsx';
import { MarkToggles } from './mark-toggles.tsx';
import { PhaseDrawn } from './phase-drawn.tsx';
import { PhaseLegend } from './phase-legend.tsx';
import { type Range, ranges, stretchQuery, timesQuery } from './queries.ts';

type View = Readonly<{
  /** A line for each region, or where the time goes: from `region`, or from all of them. */
  by: ChartBy;
  onBy: (by: ChartBy) => void;
  region: string | null;
  onRegion: (region: string | null) => void;
  /** What is zoomed to; null shows all of the range. */
  zoom: Span | null;
  onZoom: (zoom: Span | null) => void;
  /** Beside the same stretch a week before. */
  compare: boolean;
  onCompare: (compare: boolean) => void;
  /** Leads to the looks of a stretch. */
  onLog: (span: Span) => void;
}>;
type Happened = Omit<Around, 'onZoom'>;
type BodyProps = Readonly<{ monitorId: string; intervalMs: number; whole: Times }> & Happened & View;

const minuteMs = 60_000;
const spanOf = ({ from, to }: Times): Span => ({ from: Date.parse(from), to: Date.parse(to) });
const anyLook = ({ series }: Times): boolean => series.some(({ points }) => points.some(({ checks }) => checks > 0));

/** Which lines or bands are put away. */
const useHidden = () => {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const toggle = (one: string): void => setHidden((before) => before.symmetricDifference(new Set([one])));
  return { hidden, toggle };
};

/** What the zoom shows, and the same stretch a week before where that is asked for. */
const useStretches = ({ monitorId, whole, zoom, compare, by }: BodyProps) => {
  const close = useQuery(stretchQuery(monitorId, zoom, by === 'phase'));
  const times = zoom === null ? whole : (close.data ?? whole);
  const shown = useMemo(() => spanOf(times), [times]);
  // By the minute: a chart that moves on by itself need not ask for a new week before each time.
  const begun = Math.floor(shown.from / minuteMs) * minuteMs - weekMs;
  const earlier = { from: begun, to: begun + Math.ceil((shown.to - shown.from) / minuteMs + 1) * minuteMs };
  const before = useQuery(stretchQuery(monitorId, compare ? earlier : null, false));
  const failed = close.isError ? close : before.isError ? before : null;
  return { times, before: compare ? (before.data ?? null) : null, failed };
};

const Empty = ({ title, children }: Readonly<{ title: string; children: ReactNode }>) => (
  <div className={styles.noPlot}>
    <EmptyState title={title}>{children}</EmptyState>
  </div>
);

type DrawnProps = Readonly<{ view: BodyProps; drawing: Omit<Drawing, 'hidden'> }>;

/** A week before in which somebody looked. */
const compared = ({ before }: Pick<Drawing, 'before'>): Times | null =>
  before === null || !anyLook(before) ? null : before;

const Regions = ({ view, drawing }: DrawnProps) => {
  const { hidden, toggle } = useHidden();
  const { times } = drawing;
  return (
    <>
      <ChartDrawn {...drawing} hidden={hidden} />
      <ChartStrip times={view.whole} zoom={view.zoom} onZoom={drawing.onZoom} />
      <ChartLegend times={times} before={compared(drawing)} hidden={hidden} onToggle={toggle} />
      <ChartTable times={times} marks={drawing.marks} />
    </>
  );
};

const Phases = ({ view, drawing }: DrawnProps) => {
  const { hidden, toggle } = useHidden();
  const { times } = drawing;
  const region = times.series.some((one) => one.region === view.region) ? view.region : null;
  if (times.phases === null)
    return (
      <Empty title={t`No phases of this range`}>
        <Trans>Where the time went is known of looks that were answered since phases are kept.</Trans>
      </Empty>
    );
  return (
    <>
      <PhaseDrawn {...drawing} {...{ hidden, region }} />
      <ChartStrip times={view.whole} zoom={view.zoom} onZoom={drawing.onZoom} />
      <NativeSelect
        size="xs"
        className={styles.from}
        label={t`Looked from`}
        data={[{ value: '', label: t`All regions` }, ...times.series.map((one) => one.region)]}
        value={region ?? ''}
        onChange={({ currentTarget: { value } }) => view.onRegion(value === '' ? null : value)}
      />
      <PhaseLegend times={times} region={region} hidden={hidden} onToggle={toggle} />
      {compared(drawing) === null ? null : <DashedNote />}
      <ChartTable times={times} marks={drawing.marks} region={region} />
    </>
  );
};

const Body = (view: BodyProps) => {
  const { whole, zoom, onZoom, compare, onCompare, onLog } = view;
  const { intervalMs, shades, maintenance, marks } = view;
  const kinds = useHidden();
  const shown = useMemo(() => marks.filter(({ kind }) => !kinds.hidden.has(kind)), [marks, kinds.hidden]);
  const all = useMemo(() => spanOf(whole), [whole]);
  const { times, before, failed } = useStretches(view);
  const onDragged = useCallback((span: Span) => onZoom(within(all, span)), [all, onZoom]);
  if (!anyLook(whole))
    return (
      <Empty title={t`No response times in this range yet`}>
        <Trans>They are drawn here as looks come in.</Trans>
      </Empty>
    );
  const drawing = { times, before, intervalMs, shades, maintenance, marks: shown, onZoom: onDragged };
  const Drawn = view.by === 'phase' ? Phases : Regions;
  return (
    <>
      <ChartZoomBar {...{ whole: all, zoom, onZoom, compare, onCompare, onLog }} />
      {before === null || anyLook(before) ? null : (
        <p className={styles.none} role="status">
          <Trans>Nobody looked at it in this stretch a week before.</Trans>
        </p>
      )}
      <Drawn view={view} drawing={drawing} />
      <MarkToggles marks={marks} hidden={kinds.hidden} onToggle={kinds.toggle} />
      {failed === null ? null : (
        <Problem
          title={t`A part of the chart could not be loaded`}
          error={failed.error}
          onRetry={() => void failed.refetch()}
        />
      )}
    </>
  );
};

type Props = Readonly<{
  monitorId: string;
  intervalMs: number;
  range: Range;
  onRange: (range: Range) => void;
  /** From how many regions is looked: as many lines has the legend. */
  regions: number;
  /** What happened meanwhile is still being asked for: it has a row of its own below the lines. */
  waits: boolean;
}> &
  Happened &
  View;

const Controls = ({ range, onRange, by, onBy }: Pick<Props, 'range' | 'onRange' | 'by' | 'onBy'>) => (
  <div className={styles.controls}>
    <SegmentedControl
      size="xs"
      aria-label={t`The chart tells apart`}
      data={[
        { value: 'region', label: t`By region` },
        { value: 'phase', label: t`By phase` },
      ]}
      value={by}
      onChange={(value) => onBy(value as ChartBy)} // its values are the two
    />
    <SegmentedControl
      size="xs"
      aria-label={t`Range of the chart`}
      data={Object.keys(ranges)}
      value={range}
      onChange={(value) => onRange(value as Range)} // its values are the ranges' names
    />
  </div>
);

/** Response time by region or by phase, with incidents shaded, maintenance hatched and marks drawn; to be zoomed and compared. */
export const ResponseChart = ({ range, onRange, regions, waits, ...shown }: Props) => {
  const query = useQuery(timesQuery(shown.monitorId, range, shown.by === 'phase'));
  const ready = useReady(waits);
  return (
    <Section title={t`Response time`} aside={<Controls {...{ range, onRange, by: shown.by, onBy: shown.onBy }} />}>
      <div className={styles.chart} style={chartRoom(regions, shown.by)}>
        {query.status === 'pending' || (query.status === 'success' && !ready) ? (
          <Skeletons rows={1} height={chartHeight(regions, shown.by) - 36} label={t`Loading the chart`} />
        ) : null}
        {query.status === 'error' ? (
          <Problem title={t`The chart could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.status === 'success' && ready ? <Body whole={query.data} {...shown} /> : null}
      </div>
    </Section>
  );
};
