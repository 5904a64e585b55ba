import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { millisText } from '../../ui/duration.tsx';
import { instantText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './chart.module.css';
import type { ChartColumns, ChartLine, LineKind, Times } from './chart-data.ts';
import { type Cursor, seriesColour } from './chart-plot.ts';

const words = {
  mean: msg`mean`,
  slowest: msg`slowest`,
  before: msg`a week before`,
} as const satisfies Record<LineKind, MessageDescriptor>;

type Props = Readonly<{
  cursor: NonNullable<Cursor>;
  lines: readonly ChartLine[];
  columns: ChartColumns;
  times: Times;
  hidden: ReadonlySet<string>;
}>;

/** The values under the pointer; a screen reader has the table. */
export const ChartTooltip = ({
  cursor: { index, left },
  lines,
  columns: [moments, ...columns],
  times,
  hidden,
}: Props) => {
  const zone = useZone();
  const at = moments[index];
  if (at === undefined) return null;
  const values = lines.flatMap(({ region, kind }, line) => {
    const ms = columns[line]?.[index];
    return typeof ms === 'number' && !hidden.has(region) ? [{ region, kind, ms }] : [];
  });
  return (
    <div
      className={styles.tip}
      aria-hidden="true"
      style={{ left: `clamp(0px, ${Math.round(left) + 64}px, calc(100% - 240px))` }}
    >
      <span className={styles.tipTime}>{instantText(new Date(at * 1_000).toISOString(), zone)}</span>
      {values.map(({ region, kind, ms }) => (
        <span key={`${region} ${kind}`} className={styles.tipLine}>
          <span
            className={styles.swatch}
            style={{ background: `var(${seriesColour(times.series.findIndex((one) => one.region === region))})` }}
          />
          {region} {i18n.t(words[kind])}
          <b>{millisText(ms)}</b>
        </span>
      ))}
    </div>
  );
};
