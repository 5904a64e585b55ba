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
import { ChartTooltip, type TipValue } from './chart-tooltip.tsx';
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

/** The phases upon each other, with the values under the pointer beside it. */
export const PhaseDrawn = (props: Props) => {
  const { times, before, intervalMs: _, hidden, region, ...around } = props;
  const [cursor, onCursor] = useState<Cursor>(null);
  const { lines, columns, shown } = useBands(props);
  const byMoment = useMemo(
    () => new Map(timesFrom(times, region).points.map((point) => [Date.parse(point.at), point])),
    [times, region],
  );
  const valuesAt = (index: number): readonly TipValue[] => {
    const phases = byMoment.get((columns[0][index] ?? 0) * 1_000)?.phases;
    const earlier = before === null ? null : columns.at(-1)?.[index];
    return [
      ...(phases === null || phases === undefined
        ? []
        : chartPhases
            .filter(({ key }) => !hidden.has(key))
            .map(({ key, name, colour }) => ({
              ...{ label: i18n.t(name), colour, ms: phases[key], share: `${shareOf(phases, key)} %` },
            }))
            .toReversed()),
      ...(typeof earlier === 'number' ? [{ label: lineWords('before'), colour: '--fw-text', ms: earlier }] : []),
    ];
  };
  return (
    <div className={styles.drawn}>
      <ChartCanvas {...{ times, lines, columns, shown, onCursor, ...around }} label={sentence(props)} />
      {cursor === null ? null : (
        <ChartTooltip
          left={cursor.left}
          at={columns[0][cursor.index]}
          values={valuesAt(cursor.index)}
          marks={marksNear(around.marks, (columns[0][cursor.index] ?? 0) * 1_000, spanMs(times))}
        />
      )}
    </div>
  );
};
