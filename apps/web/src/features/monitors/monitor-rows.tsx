import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import type { Ref } from 'react';
import { MonitorMenu } from './monitor-actions.tsx';
import { type ColumnId, columnOf, type MonitorRow } from './monitor-columns.tsx';
import styles from './monitors.module.css';

type TableRow = Readonly<{ id: string; original: MonitorRow }>;
export type RowsProps = Readonly<{
  rows: readonly TableRow[];
  shown: readonly ColumnId[];
  chosen: ReadonlySet<string>;
  onChoose: (id: string, range: boolean) => void;
}>;

type LineProps = Omit<RowsProps, 'rows'> & Readonly<{ row: TableRow; index: number; ref?: Ref<HTMLTableRowElement> }>;

/** One monitor's line; `index` is its place in the whole list. */
export const MonitorLine = ({ row, index, shown, chosen, onChoose, ref }: LineProps) => {
  const { name } = row.original.monitor;
  return (
    <tr
      ref={ref}
      data-index={index}
      data-chosen={chosen.has(row.id) || undefined}
      className={styles.row}
      aria-rowindex={index + 2}
    >
      <td className={styles.choose}>
        <input
          type="checkbox"
          aria-label={t`Choose ${name}`}
          checked={chosen.has(row.id)}
          onClick={(event) => onChoose(row.id, event.shiftKey)}
          onChange={() => undefined} // the click says whether shift was held
        />
      </td>
      {shown.map((id) => {
        const { look, label, cell } = columnOf(id);
        return (
          <td key={id} className={look} data-label={label === undefined ? undefined : i18n.t(label)}>
            {cell(row.original)}
          </td>
        );
      })}
      <td className={styles.rowMenu}>
        <MonitorMenu monitor={row.original.monitor} />
      </td>
    </tr>
  );
};

/** All rows, for a list that is short. */
export const PlainRows = ({ rows, ...line }: RowsProps) => (
  <tbody>
    {rows.map((row, index) => (
      <MonitorLine key={row.id} row={row} index={index} {...line} />
    ))}
  </tbody>
);
