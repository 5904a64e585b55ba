import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useZone } from '../../ui/zone.ts';
import styles from './chart.module.css';
import type { ChartColumns, Times } from './chart-data.ts';
import type { ChartMark } from './chart-marks.ts';
import { type Cursor, type PlotLine, plotOptions } from './chart-plot.ts';
import type { Shade } from './chart-shades.ts';
import type { Span } from './chart-zoom.ts';

const plotHeight = 240;
const densePoints = 1_000;

/** What lies behind and over the lines, and what a drag does. */
export type Around = Readonly<{
  /** Incidents, and maintenance windows. */
  shades: readonly Shade[];
  maintenance: readonly Shade[];
  /** What happened: lines with a label. */
  marks: readonly ChartMark[];
  onZoom: (span: Span) => void;
}>;
type Props = Readonly<{
  times: Times;
  lines: readonly PlotLine[];
  columns: ChartColumns;
  /** Which of the lines are drawn. */
  shown: readonly boolean[];
  /** Said instead of the picture. */
  label: string;
  onCursor: (cursor: Cursor) => void;
}> &
  Around;

/** Lines over one time axis, drawn. */
export const ChartCanvas = ({ times, lines, columns, shown, label, onCursor, ...around }: Props) => {
  const { shades, maintenance, marks, onZoom } = around;
  const scheme = useComputedColorScheme('light');
  const { ref, width } = useElementSize();
  const zone = useZone();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the scheme's variables
  useEffect(() => {
    if (host.current === null || width === 0) return;
    const span = { from: Date.parse(times.from), to: Date.parse(times.to) };
    const dense = columns[0].length > densePoints;
    const spec = { ...span, lines, dense, shades, maintenance, marks, onCursor, onZoom, zone };
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
      for (const [index, show] of shown.entries())
        if (drawn.series[index + 1]?.show !== show) drawn.setSeries(index + 1, { show });
    });
  }, [shown, times, shades, maintenance, marks, lines, columns, onCursor, onZoom, scheme, width, zone]);
  return (
    <div ref={ref} role="img" aria-label={label}>
      <div ref={host} className={styles.plot} />
    </div>
  );
};
