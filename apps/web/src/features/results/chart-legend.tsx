import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { UnstyledButton } from '@mantine/core';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import styles from './chart.module.css';
import type { Times } from './chart-data.ts';
import { seriesColour } from './chart-plot.ts';

const told = (ms: number | null | undefined): string => (typeof ms === 'number' ? millisText(ms) : '–');

type Props = Readonly<{
  times: Times;
  hidden: ReadonlySet<string>;
  onToggle: (region: string) => void;
}>;

/** Each region's figures over what is looked at; its name takes its line away and brings it back. */
export const ChartLegend = ({ times, hidden, onToggle }: Props) => (
  <div className={styles.legendBox}>
    <table className={styles.legend}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Region</Trans>
          </th>
          <th scope="col">
            <Trans>Last</Trans>
          </th>
          <th scope="col">
            <Trans>Median</Trans>
          </th>
          <th scope="col">p95</th>
        </tr>
      </thead>
      <tbody>
        {times.series.map(({ region, points, p50Ms, p95Ms }, index) => (
          <tr key={region} data-hidden={hidden.has(region) || undefined}>
            <th scope="row">
              <UnstyledButton
                className={styles.toggle}
                aria-pressed={!hidden.has(region)}
                aria-label={t`Line of ${region}`}
                onClick={() => onToggle(region)}
              >
                <span className={styles.swatch} style={{ background: `var(${seriesColour(index)})` }} aria-hidden />
                <Code>{region}</Code>
              </UnstyledButton>
            </th>
            <td>{told(points.findLast(({ meanMs }) => meanMs !== null)?.meanMs)}</td>
            <td>{told(p50Ms)}</td>
            <td>{told(p95Ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
