import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Section } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './chart.module.css';
import { type Times, weekMs } from './chart-data.ts';
import { ChartDrawn } from './chart-drawn.tsx';
import { ChartLegend } from './chart-legend.tsx';
import type { ChartMark } from './chart-marks.ts';
import type { Shade } from './chart-shades.ts';
import { ChartStrip } from './chart-strip.tsx';
import { ChartTable } from './chart-table.tsx';
import { type Span, within } from './chart-zoom.ts';
import { ChartZoomBar } from './chart-zoom-bar.tsx';
import { type Range, ranges, stretchQuery, timesQuery } from './queries.ts';

type Happened = Readonly<{
  /** Incidents, and maintenance windows. */
  shades: readonly Shade[];
  maintenance: readonly Shade[];
  /** What happened: lines with a label. */
  marks: readonly ChartMark[];
}>;
type View = Readonly<{
  /** What is zoomed to; null shows all of the range. */
  zoom: Span | null;
  onZoom: (zoom: Span | null) => void;
  /** Beside the same stretch a week before. */
  compare: boolean;
  onCompare: (compare: boolean) => void;
  /** Leads to the looks of a stretch. */
  onLog: (span: Span) => void;
}>;
type BodyProps = Readonly<{ monitorId: string; intervalMs: number; whole: Times }> & Happened & View;

const minuteMs = 60_000;
const spanOf = ({ from, to }: Times): Span => ({ from: Date.parse(from), to: Date.parse(to) });
const anyLook = ({ series }: Times): boolean => series.some(({ points }) => points.some(({ checks }) => checks > 0));

/** Which regions' lines are put away. */
const useHidden = () => {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const toggle = (region: string): void => setHidden((before) => before.symmetricDifference(new Set([region])));
  return { hidden, toggle };
};

const Body = ({ monitorId, intervalMs, whole, zoom, onZoom, compare, onCompare, onLog, ...happened }: BodyProps) => {
  const all = useMemo(() => spanOf(whole), [whole]);
  const { hidden, toggle } = useHidden();
  const close = useQuery(stretchQuery(monitorId, zoom));
  const times = zoom === null ? whole : (close.data ?? whole);
  const shown = useMemo(() => spanOf(times), [times]);
  // By the minute: a chart that moves on by itself need not ask for a new week before each time.
  const begun = Math.floor(shown.from / minuteMs) * minuteMs - weekMs;
  const earlier = { from: begun, to: begun + Math.ceil((shown.to - shown.from) / minuteMs + 1) * minuteMs };
  const before = useQuery(stretchQuery(monitorId, compare ? earlier : null));
  const onDragged = useCallback((span: Span) => onZoom(within(all, span)), [all, onZoom]);
  return (
    <>
      {anyLook(whole) ? (
        <>
          <ChartZoomBar {...{ whole: all, zoom, onZoom, compare, onCompare, onLog }} />
          <ChartDrawn
            {...{ times, intervalMs, hidden, ...happened, onZoom: onDragged }}
            before={compare ? (before.data ?? null) : null}
          />
          <ChartStrip times={whole} zoom={zoom} onZoom={onDragged} />
          <ChartLegend times={times} hidden={hidden} onToggle={toggle} />
          <ChartTable times={times} />
        </>
      ) : (
        <div className={styles.noPlot}>
          <EmptyState title={t`No response times in this range yet`}>
            <Trans>They are drawn here as looks come in.</Trans>
          </EmptyState>
        </div>
      )}
      {close.isError || before.isError ? (
        <Problem
          title={t`A part of the chart could not be loaded`}
          error={close.error ?? before.error}
          onRetry={() => void (close.isError ? close.refetch() : before.refetch())}
        />
      ) : null}
    </>
  );
};

type Props = Readonly<{ monitorId: string; intervalMs: number; range: Range; onRange: (range: Range) => void }> &
  Happened &
  View;

/** Response time by region, with incidents shaded, maintenance hatched and marks drawn; to be zoomed and compared. */
export const ResponseChart = ({ range, onRange, ...shown }: Props) => {
  const query = useQuery(timesQuery(shown.monitorId, range));
  const control = (
    <SegmentedControl
      size="xs"
      aria-label={t`Range of the chart`}
      data={Object.keys(ranges)}
      value={range}
      onChange={(value) => onRange(value as Range)} // its values are the ranges' names
    />
  );
  return (
    <Section title={t`Response time`} aside={control}>
      <div className={styles.chart}>
        {query.status === 'pending' ? <Skeletons rows={1} height={404} label={t`Loading the chart`} /> : null}
        {query.status === 'error' ? (
          <Problem title={t`The chart could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.status === 'success' ? <Body whole={query.data} {...shown} /> : null}
      </div>
    </Section>
  );
};
