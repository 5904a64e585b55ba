import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Table, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import styles from './chart.module.css';
import type { Times } from './chart-data.ts';
import { seriesColour } from './chart-plot.ts';

const told = (ms: number | null | undefined): string => (typeof ms === 'number' ? millisText(ms) : '–');

/** `colour`: a CSS variable. `label`: what its button is called. */
type LegendRow = Readonly<{ key: string; name: ReactNode; label: string; colour: string; values: readonly string[] }>;
type TableProps = Readonly<{
  /** Over the names. */
  children: ReactNode;
  heads: readonly string[];
  rows: readonly LegendRow[];
  hidden: ReadonlySet<string>;
  onToggle: (key: string) => void;
}>;

/** What is drawn, with its figures; a name takes its part of the picture away and brings it back. */
export const LegendTable = ({ children, heads, rows, hidden, onToggle }: TableProps) => (
  <div className={styles.legendBox}>
    <Table className={styles.legend} withRowBorders={false} verticalSpacing={2}>
      <thead>
        <tr>
          <th scope="col">{children}</th>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, label, colour, values }) => (
          <tr key={key} data-hidden={hidden.has(key) || undefined}>
            <th scope="row">
              <UnstyledButton
                className={styles.toggle}
                aria-pressed={!hidden.has(key)}
                aria-label={label}
                onClick={() => onToggle(key)}
              >
                <span className={styles.swatch} style={{ background: `var(${colour})` }} aria-hidden />
                {name}
              </UnstyledButton>
            </th>
            {heads.map((head, index) => (
              <td key={head}>{values[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  </div>
);

type Props = Readonly<{
  times: Times;
  hidden: ReadonlySet<string>;
  onToggle: (region: string) => void;
}>;

/** Each region's figures over what is looked at. */
export const ChartLegend = ({ times, hidden, onToggle }: Props) => {
  const rows = times.series.map(({ region, points, p50Ms, p95Ms }, index) => ({
    ...{ key: region, name: <Code>{region}</Code>, label: t`Line of ${region}`, colour: seriesColour(index) },
    values: [told(points.findLast(({ meanMs }) => meanMs !== null)?.meanMs), told(p50Ms), told(p95Ms)],
  }));
  return (
    <LegendTable heads={[t`Last`, t`Median`, 'p95']} rows={rows} hidden={hidden} onToggle={onToggle}>
      <Trans>Region</Trans>
    </LegendTable>
  );
};
