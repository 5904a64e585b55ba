import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { millisText } from '../../ui/duration.tsx';
import { minuteText } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './chart.module.css';
import type { Times } from './chart-data.ts';

const mostRows = 48;

/** The drawn values in words; buckets are told in groups, each by its slowest, so that no peak is left out. */
const rowsOf = ({ points }: Times) => {
  const looked = points.filter(({ checks }) => checks > 0);
  const size = Math.max(1, Math.ceil(looked.length / mostRows));
  return Array.from({ length: Math.ceil(looked.length / size) }, (_, row) => {
    const group = looked.slice(row * size, (row + 1) * size);
    const slowest = group.reduce((most, { maxMs }) => Math.max(most, maxMs ?? -1), -1);
    const answered = group.flatMap(({ meanMs }) => meanMs ?? []);
    return {
      at: group[0]?.at ?? '',
      mean: answered.length === 0 ? null : answered.reduce((sum, ms) => sum + ms, 0) / answered.length,
      slowest: slowest < 0 ? null : slowest,
      checks: group.reduce((sum, { checks }) => sum + checks, 0),
      down: group.reduce((sum, { down }) => sum + down, 0),
    };
  }).toReversed();
};

const Rows = ({ times }: { readonly times: Times }) => {
  const zone = useZone();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must be able to scroll it
    <section className={styles.tableBox} tabIndex={0} aria-labelledby="chart-values">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>From</Trans>
            </th>
            <th scope="col">
              <Trans>Mean</Trans>
            </th>
            <th scope="col">
              <Trans>Slowest</Trans>
            </th>
            <th scope="col">
              <Trans>Looks</Trans>
            </th>
            <th scope="col">
              <Trans>Failed</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(times).map(({ at, mean, slowest, checks, down }) => (
            <tr key={at}>
              <th scope="row">{minuteText(at, zone)}</th>
              <td>{mean === null ? '–' : millisText(mean)}</td>
              <td>{slowest === null ? '–' : millisText(slowest)}</td>
              <td>{checks}</td>
              <td>{down}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** What the chart draws, for whoever can't see it or wants the figures. */
export const ChartTable = ({ times }: { readonly times: Times }) => {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.values} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary id="chart-values">
        <Trans>The values as a table</Trans>
      </summary>
      {open ? <Rows times={times} /> : null}
    </details>
  );
};
