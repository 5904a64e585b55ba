import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import { useZone } from '../../ui/zone.ts';
import styles from './chart.module.css';
import type { Times } from './chart-data.ts';
import { stripOptions } from './chart-plot.ts';
import type { Span } from './chart-zoom.ts';

const height = 42;

type Props = Readonly<{ times: Times; zoom: Span | null; onZoom: (span: Span) => void }>;

/** All of the range, small: what the chart shows of it is marked, and dragging marks another part. */
export const ChartStrip = ({ times, zoom, onZoom }: Props) => {
  const scheme = useComputedColorScheme('light');
  const { ref, width } = useElementSize();
  const zone = useZone();
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const data = useMemo((): uPlot.AlignedData => {
    const looked = times.points.filter(({ checks }) => checks > 0);
    return [looked.map(({ at }) => Date.parse(at) / 1_000), looked.map(({ maxMs }) => maxMs)];
  }, [times]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the scheme's variables
  useEffect(() => {
    if (host.current === null || width === 0) return;
    const whole = { from: Date.parse(times.from), to: Date.parse(times.to) };
    const drawn = new uPlot(stripOptions(host.current, whole, onZoom, height), data, host.current);
    plot.current = drawn;
    return () => {
      plot.current = null;
      drawn.destroy();
    };
  }, [times, data, onZoom, scheme, width, zone]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot has no mark yet
  useEffect(() => {
    const drawn = plot.current;
    if (drawn === null) return;
    const left = zoom === null ? 0 : drawn.valToPos(zoom.from / 1_000, 'x');
    const right = zoom === null ? 0 : drawn.valToPos(zoom.to / 1_000, 'x');
    drawn.setSelect({ left, top: 0, width: right - left, height: drawn.over.clientHeight }, false);
  }, [zoom, times, data, onZoom, scheme, width, zone]);
  return (
    <div ref={ref} className={styles.strip} aria-hidden="true">
      <div ref={host} />
    </div>
  );
};
