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
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import card from '../../ui/page.module.css';
import table from '../../ui/table.module.css';
import { type ColumnId, columnIds, columnOf, type MonitorRow } from './monitor-columns.tsx';
import { PlainRows, type RowsProps } from './monitor-rows.tsx';
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

/** Only the rows in sight are in the document from here on; what does that comes when it is needed. */
const virtualFrom = 60;
const VirtualRows = lazy(async () => ({ default: (await import('./virtual-rows.tsx')).VirtualRows }));

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

type Props = Readonly<{
  rows: readonly MonitorRow[];
  shown: readonly ColumnId[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  /** What stands below, for the rows that are chosen. */
  children: (selection: Selection) => ReactNode;
}>;

/** Failing first; every heading sorts. */
export const MonitorsTable = ({ rows: data, shown, sort, onSort, children }: Props) => {
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort.column, sort.descending]);
  const it = useTable({ features, columns, data, getRowId: ({ monitor }) => monitor.id, state: { sorting } });
  const { rows } = it.getRowModel();
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const selection = useSelection(ids);
  const { ids: chosen, toggle, toggleAll } = selection;
  const body: RowsProps = { rows, shown, chosen, onChoose: toggle };
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
          {rows.length > virtualFrom ? (
            <Suspense fallback={<PlainRows {...body} rows={rows.slice(0, virtualFrom)} />}>
              <VirtualRows {...body} />
            </Suspense>
          ) : (
            <PlainRows {...body} />
          )}
        </table>
      </div>
      {children(selection)}
    </>
  );
};
