import 'uplot/dist/uPlot.min.css';
import { SegmentedControl, useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { millisText } from '../../ui/duration.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { instantText } from '../../ui/instant.tsx';
import { Section } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { useZone } from '../../ui/zone.ts';
import { type ChartColumns, chartColumns, type Times } from './chart-data.ts';
import type { ChartMark } from './chart-marks.ts';
import { plotOptions, type Shade, seriesColour } from './chart-plot.ts';
import { type Range, ranges, timesQuery } from './queries.ts';
import styles from './results.module.css';

const height = 240;
type PlotProps = Readonly<{
  times: Times;
  shades: readonly Shade[];
  marks: readonly ChartMark[];
  columns: ChartColumns;
  onCursor: (index: number | null) => void;
}>;

const Plot = ({ times, shades, marks, columns, onCursor }: PlotProps) => {
  const scheme = useComputedColorScheme('light');
  const { ref, width } = useElementSize();
  const zone = useZone();
  const host = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the scheme's variables
  useEffect(() => {
    if (host.current === null || width === 0) return;
    const from = Date.parse(times.from);
    const to = Date.parse(times.to);
    const spec = { regions: times.series.map(({ region }) => region), from, to, shades, marks, onCursor, zone };
    const plot = new uPlot(plotOptions(host.current, spec, height), columns as uPlot.AlignedData, host.current); // uPlot writes nothing into its data
    return () => plot.destroy();
  }, [times, shades, marks, columns, onCursor, scheme, width, zone]);
  const told = times.series.map(({ region, points }) => {
    const answered = points.flatMap(({ meanMs }) => meanMs ?? []);
    return answered.length === 0
      ? `${region}: no answer`
      : `${region}: ${millisText(answered.reduce((sum, ms) => sum + ms, 0) / answered.length)} on average`;
  });
  return (
    <div
      ref={ref}
      role="img"
      aria-label={`Response times. ${told.join('; ')}. ${shades.length} incidents and ${marks.length} marks in sight.`}
    >
      <div ref={host} className={styles.plot} />
    </div>
  );
};

type LegendProps = Readonly<{ times: Times; columns: ChartColumns; cursor: number | null }>;

const Legend = ({ times, columns, cursor }: LegendProps) => {
  const zone = useZone();
  const at = cursor === null ? undefined : columns[0][cursor];
  return (
    <div className={styles.legend}>
      {times.series.map(({ region }, index) => {
        const values = columns[index + 1] as (number | null | undefined)[] | undefined; // columns after the first are the regions'
        const value = cursor === null ? values?.findLast((ms) => typeof ms === 'number') : values?.[cursor];
        return (
          <span key={region} className={styles.legendItem}>
            <span className={styles.swatch} style={{ background: `var(${seriesColour(index)})` }} aria-hidden />
            {region}
            <b>{typeof value === 'number' ? millisText(value) : '–'}</b>
          </span>
        );
      })}
      <span className={styles.legendTime}>
        {at === undefined ? 'newest' : instantText(new Date(at * 1_000).toISOString(), zone)}
      </span>
    </div>
  );
};

type DrawnProps = Readonly<{
  times: Times;
  intervalMs: number;
  shades: readonly Shade[];
  marks: readonly ChartMark[];
}>;

const Drawn = ({ times, intervalMs, shades, marks }: DrawnProps) => {
  const [cursor, onCursor] = useState<number | null>(null);
  const columns = useMemo(() => chartColumns(times, intervalMs), [times, intervalMs]);
  if (columns[0].length === 0)
    return (
      <div className={styles.noPlot}>
        <EmptyState title="No response times in this range yet">They are drawn here as looks come in.</EmptyState>
      </div>
    );
  return (
    <>
      <Legend times={times} columns={columns} cursor={cursor} />
      <Plot times={times} shades={shades} marks={marks} columns={columns} onCursor={onCursor} />
    </>
  );
};

type Props = Readonly<{
  monitorId: string;
  intervalMs: number;
  range: Range;
  onRange: (range: Range) => void;
  shades: readonly Shade[];
  /** What happened: lines with a label. */
  marks: readonly ChartMark[];
}>;

/** Mean response time by region, with incidents shaded and marks drawn. */
export const ResponseChart = ({ monitorId, intervalMs, range, onRange, shades, marks }: Props) => {
  const query = useQuery(timesQuery(monitorId, range));
  const control = (
    <SegmentedControl
      size="xs"
      aria-label="Range of the chart"
      data={Object.keys(ranges)}
      value={range}
      onChange={(value) => onRange(value as Range)} // its values are the ranges' names
    />
  );
  return (
    <Section title="Response time" aside={control}>
      <div className={styles.chart}>
        {query.status === 'pending' ? <Skeletons rows={1} height={height + 46} label="Loading the chart" /> : null}
        {query.status === 'error' ? (
          <Problem title="The chart could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.status === 'success' ? (
          <Drawn times={query.data} intervalMs={intervalMs} shades={shades} marks={marks} />
        ) : null}
      </div>
    </Section>
  );
};
