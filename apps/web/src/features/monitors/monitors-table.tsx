import type { MonitorView } from '@farwatch/contracts';
import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { Code } from '../../ui/code.tsx';
import { Since } from '../../ui/duration.tsx';
import { Link } from '../../ui/link.tsx';
import table from '../../ui/table.module.css';
import { LastCode, LastTime } from './last-answer.tsx';
import { MonitorMenu } from './monitor-actions.tsx';
import styles from './monitors.module.css';
import { MonitorBadge, statusOrder } from './status.tsx';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const helper = createColumnHelper<typeof features, MonitorView>();
const byNumber =
  (of: (monitor: MonitorView) => number) => (a: { original: MonitorView }, b: { original: MonitorView }) =>
    of(a.original) - of(b.original);
const byName = (a: MonitorView, b: MonitorView): number => a.name.localeCompare(b.name);

const shownTags = 2;
/** A few, and how many more there are. */
const Tags = ({ tags }: { readonly tags: readonly string[] }) => (
  <span className={styles.tags} title={tags.join(', ')}>
    {tags.slice(0, shownTags).map((tag) => (
      <span key={tag} className={styles.tag}>
        {tag}
      </span>
    ))}
    {tags.length > shownTags ? <span className={styles.soft}>+{tags.length - shownTags}</span> : null}
  </span>
);

const columns = helper.columns([
  helper.accessor('status', {
    header: 'State',
    cell: ({ row }) => <MonitorBadge status={row.original.status} />,
    sortFn: (a, b) =>
      statusOrder.indexOf(a.original.status) - statusOrder.indexOf(b.original.status) || byName(a.original, b.original),
    sortDescFirst: false,
  }),
  helper.accessor('name', {
    header: 'Monitor',
    cell: ({ row: { original } }) => (
      <>
        <Link
          className={styles.rowLink}
          underline="never"
          to="/monitors/$monitorId"
          params={{ monitorId: original.id }}
        >
          {original.name}
        </Link>
        <span className={styles.rowUrl}>
          <Code cut title={original.url}>
            {original.url}
          </Code>
        </span>
      </>
    ),
    sortFn: (a, b) => byName(a.original, b.original),
    sortDescFirst: false,
  }),
  helper.display({
    id: 'tags',
    header: 'Tags',
    cell: ({ row: { original } }) => <Tags tags={original.tags} />,
  }),
  helper.display({ id: 'code', header: 'Last code', cell: ({ row }) => <LastCode result={row.original.lastResult} /> }),
  helper.accessor((monitor) => monitor.lastResult?.totalMs ?? -1, {
    id: 'time',
    header: 'Response time',
    cell: ({ row }) => <LastTime result={row.original.lastResult} />,
    sortFn: byNumber((monitor) => monitor.lastResult?.totalMs ?? -1),
  }),
  helper.accessor('statusSince', {
    header: 'For',
    cell: ({ row }) => <Since at={row.original.statusSince} />,
    sortFn: byNumber((monitor) => -Date.parse(monitor.statusSince)),
  }),
]);

const looks: Readonly<Record<string, string | undefined>> = {
  status: table.fixed,
  name: table.grow,
  tags: styles.tagColumn,
  code: table.fixed,
  time: table.number,
  statusSince: table.number,
};
const labels: Readonly<Record<string, string | undefined>> = { code: 'Code', time: 'Time', statusSince: 'For' };
const virtualFrom = 80;
const rowHeight = 64;

const ariaSort = (sorted: false | 'asc' | 'desc') =>
  sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending';

/** Failing first; every heading sorts. Only the rows in sight are in the document once there are many. */
export const MonitorsTable = ({ monitors }: { readonly monitors: readonly MonitorView[] }) => {
  const [sorting, setSorting] = useState<SortingState>([{ id: 'status', desc: false }]);
  const it = useTable({
    features,
    columns,
    data: monitors,
    getRowId: ({ id }) => id,
    state: { sorting },
    onSortingChange: setSorting,
  });
  const { rows } = it.getRowModel();
  const body = useRef<HTMLTableSectionElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: rows.length > virtualFrom,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  const items = virtual.getVirtualItems();
  const shown = rows.length > virtualFrom ? items.flatMap(({ index }) => rows[index] ?? []) : rows;
  const before = (items[0]?.start ?? virtual.options.scrollMargin) - virtual.options.scrollMargin;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? 0) - virtual.options.scrollMargin);
  return (
    <table className={table.table} aria-rowcount={rows.length + 1}>
      <thead>
        {it.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => {
              const sorted = header.column.getIsSorted();
              return (
                <th key={header.id} className={looks[header.id]} aria-sort={ariaSort(sorted)} scope="col">
                  {header.column.getCanSort() ? (
                    <UnstyledButton className={styles.sort} onClick={header.column.getToggleSortingHandler()}>
                      <it.FlexRender header={header} />
                      {sorted === false ? null : sorted === 'asc' ? (
                        <IconArrowUp size={13} />
                      ) : (
                        <IconArrowDown size={13} />
                      )}
                    </UnstyledButton>
                  ) : (
                    <it.FlexRender header={header} />
                  )}
                </th>
              );
            })}
            <th scope="col">
              <VisuallyHidden>Actions</VisuallyHidden>
            </th>
          </tr>
        ))}
      </thead>
      <tbody ref={body}>
        {rows.length > virtualFrom && before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
        {shown.map((row) => (
          <tr key={row.id} className={styles.row}>
            {row.getAllCells().map((cell) => (
              <td key={cell.id} className={looks[cell.column.id]} data-label={labels[cell.column.id]}>
                <it.FlexRender cell={cell} />
              </td>
            ))}
            <td className={styles.rowMenu}>
              <MonitorMenu monitor={row.original} />
            </td>
          </tr>
        ))}
        {rows.length > virtualFrom && after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
      </tbody>
    </table>
  );
};
