import type { MonitorStatus, MonitorView } from '@farwatch/contracts';
import { type ColumnId, columnIds, optionalColumns } from './monitor-columns.tsx';
import type { Sort } from './monitors-table.tsx';

/** As it stands in the URL; lists with commas, a sort with a minus when it goes down. */
export type MonitorsView = Readonly<{
  search?: string | undefined;
  status?: MonitorStatus | undefined;
  tag?: string | undefined;
  sort?: string | undefined;
  columns?: string | undefined;
}>;

const listOf = (text: string | undefined): readonly string[] => text?.split(',').filter((each) => each !== '') ?? [];
export const chosenTags = ({ tag }: MonitorsView): readonly string[] => listOf(tag);

const isColumn = (word: string): word is ColumnId => columnIds.some((id) => id === word);
const failingFirst: Sort = { column: 'status', descending: false };

export const sortOf = ({ sort = '' }: MonitorsView): Sort => {
  const column = sort.replace(/^-/u, '');
  return isColumn(column) ? { column, descending: sort.startsWith('-') } : failingFirst;
};
export const sortText = ({ column, descending }: Sort): string | undefined =>
  column === failingFirst.column && !descending ? undefined : `${descending ? '-' : ''}${column}`;

/** The columns that are shown; all, when nothing is said. */
export const columnsOf = ({ columns }: MonitorsView): readonly ColumnId[] => {
  const wanted = listOf(columns);
  return columns === undefined
    ? columnIds
    : columnIds.filter((id) => !optionalColumns.includes(id) || wanted.includes(id));
};
export const columnsText = (shown: readonly ColumnId[]): string | undefined =>
  shown.length === columnIds.length
    ? undefined
    : shown.filter((id) => optionalColumns.includes(id)).join(',') || 'none';

/** Whether a monitor is among those that the view asks for. */
export const matches = ({ name, url, status, tags }: MonitorView, view: MonitorsView): boolean => {
  const wanted = chosenTags(view);
  const words = (view.search ?? '').toLowerCase().split(/\s+/u);
  const text = `${name} ${url}`.toLowerCase();
  return (
    (view.status === undefined || view.status === status) &&
    (wanted.length === 0 || wanted.some((tag) => tags.includes(tag))) &&
    words.every((word) => text.includes(word))
  );
};
