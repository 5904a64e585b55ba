import 'uplot/dist/uPlot.min.css';
import { plural, t } from '@lingui/core/macro';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { millisText } from '../../ui/duration.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './chart.module.css';
import { type ChartColumns, type ChartLine, chartColumns, chartLines, type Times } from './chart-data.ts';
import type { ChartMark } from './chart-marks.ts';
import { type Cursor, plotOptions } from './chart-plot.ts';
import type { Shade } from './chart-shades.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import type { Span } from './chart-zoom.ts';

const plotHeight = 240;
const densePoints = 1_000;

export type Drawing = Readonly<{
  times: Times;
  /** The same stretch a week before, where it is compared. */
  before: Times | null;
  intervalMs: number;
  hidden: ReadonlySet<string>;
  shades: readonly Shade[];
  maintenance: readonly Shade[];
  marks: readonly ChartMark[];
  onZoom: (span: Span) => void;
}>;

const sentence = ({ times, shades, maintenance, marks }: Drawing): string => {
  const told = times.series.map(({ region, p50Ms, p95Ms }) =>
    p50Ms === null || p95Ms === null
      ? t`${region}: no answer`
      : t`${region}: median ${millisText(p50Ms)}, p95 ${millisText(p95Ms)}`,
  );
  const from = Date.parse(times.from);
  const to = Date.parse(times.to);
  const seen = (list: readonly Shade[]): number =>
    list.filter(
      ({ startedAt, resolvedAt }) =>
        Date.parse(startedAt) < to && (resolvedAt === null || Date.parse(resolvedAt) > from),
    ).length;
  const incidents = plural(seen(shades), { one: '# incident', other: '# incidents' });
  const windows = plural(seen(maintenance), { one: '# maintenance', other: '# maintenances' });
  const marked = plural(marks.length, { one: '# mark', other: '# marks' });
  return t`Response times. ${told.join('; ')}. ${incidents}, ${windows} and ${marked} in sight.`;
};

type PlotProps = Readonly<{
  drawing: Drawing;
  lines: readonly ChartLine[];
  columns: ChartColumns;
  onCursor: (cursor: Cursor) => void;
}>;

const Plot = ({ drawing, lines, columns, onCursor }: PlotProps) => {
  const { times, hidden, shades, maintenance, marks, onZoom } = drawing;
  const scheme = useComputedColorScheme('light');
  const { ref, width } = useElementSize();
  const zone = useZone();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the scheme's variables
  useEffect(() => {
    if (host.current === null || width === 0) return;
    const colourOf = (name: string): number => times.series.findIndex(({ region }) => region === name);
    const spec = {
      ...{ from: Date.parse(times.from), to: Date.parse(times.to) },
      ...{ lines: lines.map(({ region, kind }) => ({ region, kind, colour: colourOf(region) })) },
      ...{ dense: columns[0].length > densePoints, shades, maintenance, marks, onCursor, onZoom, zone },
    };
    const drawn = new uPlot(plotOptions(host.current, spec, plotHeight), columns as uPlot.AlignedData, host.current); // uPlot writes nothing into its data
    plot.current = drawn;
    return () => {
      plot.current = null;
      drawn.destroy();
    };
  }, [times, shades, maintenance, marks, lines, columns, onCursor, onZoom, scheme, width, zone]);
  // A line that comes or goes needs no new plot: 20,000 points are drawn again in a fraction of the time.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot shows every line
  useEffect(() => {
    const drawn = plot.current;
    drawn?.batch(() => {
      for (const [index, { region }] of lines.entries()) {
        const show = !hidden.has(region);
        if (drawn.series[index + 1]?.show !== show) drawn.setSeries(index + 1, { show });
      }
    });
  }, [hidden, times, shades, maintenance, marks, lines, columns, onCursor, onZoom, scheme, width, zone]);
  return (
    <div ref={ref} role="img" aria-label={sentence(drawing)}>
      <div ref={host} className={styles.plot} />
    </div>
  );
};

/** The lines themselves, with the values under the pointer beside it. */
export const ChartDrawn = (drawing: Drawing) => {
  const { times, before, intervalMs, hidden } = drawing;
  const [cursor, onCursor] = useState<Cursor>(null);
  const lines = useMemo(() => chartLines(times, before, intervalMs), [times, before, intervalMs]);
  const columns = useMemo(() => chartColumns(lines), [lines]);
  return (
    <div className={styles.drawn}>
      <Plot drawing={drawing} lines={lines} columns={columns} onCursor={onCursor} />
      {cursor === null ? null : <ChartTooltip {...{ cursor, lines, columns, times, hidden }} />}
    </div>
  );
};
