import { t } from '@lingui/core/macro';
import { useMemo, useState } from 'react';
import { millisText } from '../../ui/duration.tsx';
import styles from './chart.module.css';
import { type Around, ChartCanvas } from './chart-canvas.tsx';
import { chartColumns, chartLines, lineWords, type Times } from './chart-data.ts';
import { marksNear } from './chart-marks.ts';
import { type Cursor, isBroken, seriesColour } from './chart-plot.ts';
import { regionTips } from './chart-tips.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { inSight, spanMs } from './in-sight.ts';

export type Drawing = Around &
  Readonly<{
    times: Times;
    /** The same stretch a week before, where it is compared. */
    before: Times | null;
    intervalMs: number;
    hidden: ReadonlySet<string>;
  }>;

const sentence = (drawing: Drawing): string => {
  const told = drawing.times.series.map(({ region, p50Ms, p95Ms }) =>
    p50Ms === null || p95Ms === null
      ? t`${region}: no answer`
      : t`${region}: median ${millisText(p50Ms)}, p95 ${millisText(p95Ms)}`,
  );
  return t`Response times. ${told.join('; ')}. ${inSight(drawing.times, drawing)}`;
};

/** A line for each region, with the values under the pointer beside it. */
export const ChartDrawn = (drawing: Drawing) => {
  const { times, before, intervalMs, hidden, ...around } = drawing;
  const [cursor, onCursor] = useState<Cursor>(null);
  const lines = useMemo(() => {
    const placeOf = (name: string): number => times.series.findIndex(({ region }) => region === name);
    return chartLines(times, before, intervalMs).map((line) => ({
      ...line,
      label: `${line.region} ${lineWords(line.kind)}`,
      look: line.kind,
      colour: seriesColour(placeOf(line.region)),
      broken: isBroken(placeOf(line.region)),
    }));
  }, [times, before, intervalMs]);
  const columns = useMemo(() => chartColumns(lines), [lines]);
  const shown = useMemo(() => lines.map(({ region }) => !hidden.has(region)), [lines, hidden]);
  return (
    <div className={styles.drawn}>
      <ChartCanvas {...{ times, lines, columns, shown, onCursor, ...around }} label={sentence(drawing)} />
      {cursor === null ? null : (
        <ChartTooltip
          left={cursor.left}
          at={columns[0][cursor.index]}
          tips={regionTips(lines, columns, shown, cursor.index)}
          marks={marksNear(around.marks, (columns[0][cursor.index] ?? 0) * 1_000, spanMs(times))}
        />
      )}
    </div>
  );
};
