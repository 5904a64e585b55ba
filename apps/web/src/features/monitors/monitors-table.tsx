import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import card from '../../ui/page.module.css';
import table from '../../ui/table.module.css';
import { MonitorMenu } from './monitor-actions.tsx';
import { type ColumnId, columnIds, columnOf, type MonitorRow } from './monitor-columns.tsx';
import styles from './monitors.module.css';
import { type Selection, useSelection } from './selection.ts';

export type Sort = Readonly<{ column: ColumnId; descending: boolean }>;

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const helper = createColumnHelper<typeof features, MonitorRow>();
const columns = helper.columns(
  columnIds.map((id) =>
    helper.accessor((row) => row.monitor.id, {
      id,
      sortFn: (a, b) => columnOf(id).compare(a.original, b.original),
      sortDescFirst: false,
    }),
  ),
);

const virtualFrom = 60;
const rowHeight = 57;

type HeadProps = Readonly<{ shown: readonly ColumnId[]; sort: Sort; onSort: (sort: Sort) => void }>;

const Head = ({ shown, sort, onSort }: HeadProps) => (
  <>
    {shown.map((id) => {
      const sorted = sort.column === id ? (sort.descending ? 'descending' : 'ascending') : undefined;
      return (
        <th key={id} className={columnOf(id).look} aria-sort={sorted} scope="col">
          <UnstyledButton
            className={styles.sort}
            onClick={() => onSort({ column: id, descending: sorted === 'ascending' })}
          >
            {i18n.t(columnOf(id).header)}
            {sorted === undefined ? null : sorted === 'ascending' ? (
              <IconArrowUp size={13} />
            ) : (
              <IconArrowDown size={13} />
            )}
          </UnstyledButton>
        </th>
      );
    })}
  </>
);

type RowProps = Readonly<{
  row: MonitorRow;
  shown: readonly ColumnId[];
  chosen: boolean;
  onChoose: (event: MouseEvent) => void;
}>;

const Cells = ({ row, shown, chosen, onChoose }: RowProps) => {
  const { name } = row.monitor;
  return (
    <>
      <td className={styles.choose}>
        <input
          type="checkbox"
          aria-label={t`Choose ${name}`}
          checked={chosen}
          onClick={onChoose}
          onChange={() => undefined} // the click says whether shift was held
        />
      </td>
      {shown.map((id) => {
        const { look, label, cell } = columnOf(id);
        return (
          <td key={id} className={look} data-label={label === undefined ? undefined : i18n.t(label)}>
            {cell(row)}
          </td>
        );
      })}
      <td className={styles.rowMenu}>
        <MonitorMenu monitor={row.monitor} />
      </td>
    </>
  );
};

type Props = Readonly<{
  rows: readonly MonitorRow[];
  shown: readonly ColumnId[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** What stands below, for the rows that are chosen. */
  children: (selection: Selection) => ReactNode;
}>;

/** How far down the page the rows begin. */
const useTop = () => {
  const ref = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const { top: inWindow } = ref.current?.getBoundingClientRect() ?? { top: 0 };
    setTop(inWindow + globalThis.scrollY);
  }, []);
  return { ref, top };
};

/** Failing first; every heading sorts. Only the rows in sight are in the document once there are many. */
export const MonitorsTable = ({ rows: data, shown, sort, onSort, children }: Props) => {
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort.column, sort.descending]);
  const it = useTable({ features, columns, data, getRowId: ({ monitor }) => monitor.id, state: { sorting } });
  const { rows } = it.getRowModel();
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const selection = useSelection(ids);
  const { ids: chosen, toggle, toggleAll } = selection;
  const { ref, top } = useTop();
  const many = rows.length > virtualFrom;
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: many,
    scrollMargin: top,
    getItemKey: (i) => rows[i]?.id ?? i,
  });
  const items = virtual.getVirtualItems();
  const inSight = many ? items.map(({ index }) => index) : rows.map((_, index) => index);
  const before = many ? (items[0]?.start ?? top) - top : 0;
  const after = many ? virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top) : 0;
  const all = chosen.size === rows.length;
  return (
    <>
      <div className={card.card}>
        <table className={table.table} aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              <th scope="col" className={styles.choose}>
                <input
                  type="checkbox"
                  aria-label={t`Choose all that are shown`}
                  checked={all}
                  ref={(box) => {
                    if (box !== null) box.indeterminate = !all && chosen.size > 0;
                  }}
                  onChange={toggleAll}
                />
              </th>
              <Head shown={shown} sort={sort} onSort={onSort} />
              <th scope="col">
                <VisuallyHidden>
                  <Trans>Actions</Trans>
                </VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody ref={ref}>
            {before > 0 ? <tr aria-hidden className={styles.gap} style={{ height: before }} /> : null}
            {inSight.flatMap((index) => {
              const row = rows[index];
              if (row === undefined) return [];
              return (
                <tr
                  key={row.id}
                  ref={many ? virtual.measureElement : undefined}
                  data-index={index}
                  data-chosen={chosen.has(row.id) || undefined}
                  className={styles.row}
                  aria-rowindex={index + 2}
                >
                  <Cells
                    row={row.original}
                    shown={shown}
                    chosen={chosen.has(row.id)}
                    onChoose={(event) => toggle(row.id, event.shiftKey)}
                  />
                </tr>
              );
            })}
            {after > 0 ? <tr aria-hidden className={styles.gap} style={{ height: after }} /> : null}
          </tbody>
        </table>
      </div>
      {children(selection)}
    </>
  );
};
