import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { useMemo, useState } from 'react';
import { millisText } from '../../ui/duration.tsx';
import styles from './chart.module.css';
import { ChartCanvas } from './chart-canvas.tsx';
import { chartColumns, lineWords, weekBefore } from './chart-data.ts';
import type { Drawing } from './chart-drawn.tsx';
import { marksNear } from './chart-marks.ts';
import { chartPhases, phaseBands, shareOf, timesFrom } from './chart-phases.ts';
import type { Cursor, PlotLine } from './chart-plot.ts';
import type { TipRow, Tips } from './chart-tips.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { inSight, spanMs } from './in-sight.ts';

type Props = Drawing & Readonly<{ region: string | null }>;

const sentence = ({ times, region, ...around }: Props): string => {
  const { phases } = timesFrom(times, region);
  const told = chartPhases.map(({ key, name }) =>
    phases === null || phases === undefined
      ? t`${i18n.t(name)}: not known`
      : t`${i18n.t(name)}: mean ${millisText(phases[key])}`,
  );
  const from = region ?? t`all regions`;
  return t`Where the time goes, from ${from}. ${told.join('; ')}. ${inSight(times, around)}`;
};

const useBands = ({ times, before, intervalMs, hidden, region }: Props) =>
  useMemo(() => {
    const bands = phaseBands(times, region, { hidden, intervalMs });
    const earlier = before === null ? [] : weekBefore(before, timesFrom(before, region).points, intervalMs);
    const look: PlotLine = { label: 'before', colour: '--fw-text', look: 'before' };
    const lines = before === null ? bands : [...bands, { ...look, points: earlier }];
    return { lines, columns: chartColumns(lines), shown: lines.map(() => true) };
  }, [times, before, intervalMs, hidden, region]);

type Told = NonNullable<Drawing['times']['phases']>;
/** The bands from the top, and how long what is drawn took together. */
const phaseTips = (phases: Told, hidden: ReadonlySet<string>): readonly TipRow[] => {
  const drawn = chartPhases.filter(({ key }) => !hidden.has(key));
  const all = drawn.reduce((sum, { key }) => sum + phases[key], 0);
  return [
    ...drawn
      .map(({ key, name, colour }) => ({
        ...{ label: i18n.t(name), colour, cells: [millisText(phases[key]), `${shareOf(phases, key)} %`] },
      }))
      .toReversed(),
    { label: t`In all`, cells: [millisText(all), ''] },
  ];
};

/** The phases upon each other, with the values under the pointer beside it. */
export const PhaseDrawn = (props: Props) => {
  const { times, before, intervalMs: _, hidden, region, ...around } = props;
  const [cursor, onCursor] = useState<Cursor>(null);
  const { lines, columns, shown } = useBands(props);
  const byMoment = useMemo(
    () => new Map(timesFrom(times, region).points.map((point) => [Date.parse(point.at), point])),
    [times, region],
  );
  const tipsAt = (index: number): Tips => {
    const phases = byMoment.get((columns[0][index] ?? 0) * 1_000)?.phases;
    const earlier = before === null ? null : columns.at(-1)?.[index];
    const rows = [
      ...(phases === null || phases === undefined ? [] : phaseTips(phases, hidden)),
      ...(typeof earlier === 'number'
        ? [{ label: lineWords('before'), colour: '--fw-text', cells: [millisText(earlier), ''] }]
        : []),
    ];
    return { heads: [], rows };
  };
  return (
    <div className={styles.drawn}>
      <ChartCanvas {...{ times, lines, columns, shown, onCursor, ...around }} label={sentence(props)} />
      {cursor === null ? null : (
        <ChartTooltip
          left={cursor.left}
          at={columns[0][cursor.index]}
          tips={tipsAt(cursor.index)}
          marks={marksNear(around.marks, (columns[0][cursor.index] ?? 0) * 1_000, spanMs(times))}
        />
      )}
    </div>
  );
};
