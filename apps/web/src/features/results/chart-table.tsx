import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { millisText } from '../../ui/duration.tsx';
import { instantText, minuteText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './chart.module.css';
import { meanOf, type Times, type TimesPoint } from './chart-data.ts';
import type { ChartMark } from './chart-marks.ts';
import { chartPhases, timesFrom } from './chart-phases.ts';

const mostRows = 48;
const minuteMs = 60_000;

type Group = readonly TimesPoint[];
type ColumnOf = Readonly<{ head: string; cell: (group: Group) => string }>;

const told = (ms: number | null): string => (ms === null ? '–' : millisText(ms));
const slowestOf = (group: Group): number | null => {
  const slowest = group.reduce((most, { maxMs }) => Math.max(most, maxMs ?? -1), -1);
  return slowest < 0 ? null : slowest;
};
const sumOf = (group: Group, value: (point: TimesPoint) => number): string =>
  String(group.reduce((sum, point) => sum + value(point), 0));

/** Buckets are told in groups, the newest first. */
const groupsOf = (points: Group): readonly Group[] => {
  const looked = points.filter(({ checks }) => checks > 0);
  const size = Math.max(1, Math.ceil(looked.length / mostRows));
  const count = Math.ceil(looked.length / size);
  return Array.from({ length: count }, (_, row) => looked.slice(row * size, (row + 1) * size)).toReversed();
};

/** Each group by its slowest too, so that no peak is left out. */
const columnsOf = (): readonly ColumnOf[] => [
  { head: t`Mean`, cell: (group) => told(meanOf(group, ({ meanMs }) => meanMs)) },
  { head: t`Slowest`, cell: (group) => told(slowestOf(group)) },
  { head: t`Looks`, cell: (group) => sumOf(group, ({ checks }) => checks) },
  { head: t`Failed`, cell: (group) => sumOf(group, ({ down }) => down) },
];
const phaseColumnsOf = (): readonly ColumnOf[] => [
  ...chartPhases.map(({ key, name }) => ({
    head: i18n.t(name),
    cell: (group: Group) => told(meanOf(group, ({ phases }) => phases?.[key])),
  })),
  // Of the same buckets as its parts: of what came before phases were kept there is only the whole.
  { head: t`In all`, cell: (group) => told(meanOf(group, ({ meanMs, phases }) => (phases === null ? null : meanMs))) },
];

/** What happened from a group's beginning until the next one's; without marks there is no such column. */
const markColumn = (marks: readonly ChartMark[], points: Group): readonly ColumnOf[] => {
  if (marks.length === 0) return [];
  const starts = groupsOf(points).map((group) => Date.parse(group[0]?.at ?? ''));
  const cell = (group: Group): string => {
    const row = starts.indexOf(Date.parse(group[0]?.at ?? ''));
    // What happened before anything was looked at stands in the oldest row.
    const from = starts[row + 1] === undefined ? Number.NEGATIVE_INFINITY : (starts[row] ?? 0);
    const until = starts[row - 1] ?? Number.POSITIVE_INFINITY;
    const meanwhile = marks.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < until);
    return meanwhile.map(({ word, text }) => `${word}: ${text}`).join('; ');
  };
  return [{ head: t`Marks`, cell }];
};

const Rows = ({ points, columns }: Readonly<{ points: Group; columns: readonly ColumnOf[] }>) => {
  const zone = useZone();
  const groups = groupsOf(points);
  const starts = groups.map((group) => group[0]?.at ?? '');
  // Closer than a minute, or several rows would say the same.
  const close = new Set(starts.map((at) => Math.floor(Date.parse(at) / minuteMs))).size < starts.length;
  const told = close ? instantText : minuteText;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must be able to scroll it
    <section className={styles.tableBox} tabIndex={0} aria-labelledby="chart-values">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>From</Trans>
            </th>
            {columns.map(({ head }) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group[0]?.at}>
              <th scope="row">{told(group[0]?.at ?? '', zone)}</th>
              {columns.map(({ head, cell }) => (
                <td key={head}>{cell(group)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** `region`: whose phases are told, null for all together; undefined tells the times of all without phases. */
type Props = Readonly<{ times: Times; marks: readonly ChartMark[]; region?: string | null }>;

/** What the chart draws, for whoever can't see it or wants the figures. */
export const ChartTable = ({ times, marks, region }: Props) => {
  const [open, setOpen] = useState(false);
  const { points } = timesFrom(times, region ?? null);
  const columns = region === undefined ? columnsOf() : phaseColumnsOf();
  return (
    <details className={styles.values} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary id="chart-values">
        <Trans>The values as a table</Trans>
      </summary>
      {open ? <Rows points={points} columns={[...columns, ...markColumn(marks, points)]} /> : null}
    </details>
  );
};
