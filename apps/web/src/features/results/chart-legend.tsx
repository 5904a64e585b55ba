import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import styles from './chart.module.css';
import type { Times } from './chart-data.ts';
import { isBroken, seriesColour } from './chart-plot.ts';

const told = (ms: number | null | undefined): string => (typeof ms === 'number' ? millisText(ms) : '–');

/** `colour`: a CSS variable. `label`: what its button is called. */
type LegendRow = Readonly<{
  key: string;
  name: ReactNode;
  label: string;
  colour: string;
  broken?: boolean;
  values: readonly string[];
}>;

const swatchOf = ({ colour, broken = false }: Pick<LegendRow, 'colour' | 'broken'>): string =>
  broken ? `repeating-linear-gradient(90deg, var(${colour}) 0 5px, transparent 5px 7px)` : `var(${colour})`;
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
    <table className={styles.legend}>
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
        {rows.map(({ key, name, label, values, ...look }) => (
          <tr key={key} data-hidden={hidden.has(key) || undefined}>
            <th scope="row">
              <UnstyledButton
                className={styles.toggle}
                aria-pressed={!hidden.has(key)}
                aria-label={label}
                onClick={() => onToggle(key)}
              >
                <span className={styles.swatch} style={{ background: swatchOf(look) }} aria-hidden />
                {name}
              </UnstyledButton>
            </th>
            {heads.map((head, index) => (
              <td key={head}>{values[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** Which of the lines are those of a week before. */
export const DashedNote = () => (
  <p className={styles.none}>
    <Trans>Dashed: the same stretch a week before.</Trans>
  </p>
);

type Props = Readonly<{
  times: Times;
  /** The same stretch a week before, where it is compared. */
  before: Times | null;
  hidden: ReadonlySet<string>;
  onToggle: (region: string) => void;
}>;

/** Each region's figures over what is looked at. */
export const ChartLegend = ({ times, before, hidden, onToggle }: Props) => {
  const rows = times.series.map(({ region, points, p50Ms, p95Ms }, index) => ({
    ...{ key: region, name: <Code>{region}</Code>, label: t`Line of ${region}` },
    ...{ colour: seriesColour(index), broken: isBroken(index) },
    values: [
      ...[told(points.findLast(({ meanMs }) => meanMs !== null)?.meanMs), told(p50Ms), told(p95Ms)],
      told(before?.series.find((earlier) => earlier.region === region)?.p50Ms),
    ],
  }));
  const heads = [t`Last`, t`Median`, 'p95', ...(before === null ? [] : [t`Median before`])];
  return (
    <>
      <LegendTable heads={heads} rows={rows} hidden={hidden} onToggle={onToggle}>
        <Trans>Region</Trans>
      </LegendTable>
      {before === null ? null : <DashedNote />}
    </>
  );
};
