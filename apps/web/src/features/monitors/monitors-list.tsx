import type { MonitorView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import card from '../../ui/page.module.css';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { BulkBar } from './bulk-bar.tsx';
import type { BulkPreview } from './bulk-dialog.tsx';
import { ColumnMenu } from './column-menu.tsx';
import type { MonitorChoices } from './monitor-fields.tsx';
import styles from './monitors.module.css';
import { MonitorsTable } from './monitors-table.tsx';
import { chosenTags, columnsOf, columnsText, type MonitorsView, matches, sortOf, sortText } from './monitors-view.ts';
import { monitorsQuery, summariesQuery } from './queries.ts';
import { statusOrder, statusTone, statusWord } from './status.tsx';
import { tagsOf } from './tags.ts';

type Props = Readonly<{
  view: MonitorsView;
  onView: (view: MonitorsView) => void;
  /** What many monitors can be set to; asked for when somebody is about to. */
  useChoices: () => MonitorChoices;
  preview: BulkPreview;
  /** What else leads to a view of the list. */
  toolbar?: ReactNode;
}>;
type ListProps = Pick<Props, 'view' | 'onView'>;
type CountProps = ListProps & Readonly<{ monitors: readonly MonitorView[] }>;

const Counts = ({ monitors, view, onView }: CountProps) => (
  <fieldset className={styles.counts}>
    <legend className={styles.hidden}>
      <Trans>Show one state only</Trans>
    </legend>
    {statusOrder.flatMap((status) => {
      const count = monitors.filter((monitor) => monitor.status === status).length;
      if (count === 0 && status !== 'down' && status !== 'up') return [];
      const chosen = view.status === status;
      return (
        <button
          key={status}
          type="button"
          className={styles.count}
          aria-pressed={chosen}
          data-tone={count === 0 ? undefined : statusTone[status]}
          onClick={() => onView({ ...view, status: chosen ? undefined : status })}
        >
          <span className={styles.countNumber}>{count}</span>
          {i18n.t(statusWord[status])}
        </button>
      );
    })}
  </fieldset>
);

/** Lists to choose from are heavy, and most people begin without tags. */
const TagFilter = lazy(async () => ({ default: (await import('./tag-filter.tsx')).TagFilter }));

const Toolbar = ({ monitors, view, onView, children }: CountProps & { readonly children: ReactNode }) => {
  const chosen = chosenTags(view);
  const tags = [...new Set([...tagsOf(monitors), ...chosen])];
  return (
    <div className={styles.toolbar}>
      <Counts monitors={monitors} view={view} onView={onView} />
      {tags.length === 0 ? null : (
        <Suspense fallback={<div className={styles.tagFilter} />}>
          <TagFilter tags={tags} chosen={chosen} onChosen={(tag) => onView({ ...view, tag })} />
        </Suspense>
      )}
      <TextInput
        className={styles.search}
        aria-label={t`Search monitors by name or URL`}
        aria-keyshortcuts="/"
        data-search
        placeholder={t`Search  /`}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={view.search ?? ''}
        onChange={({ currentTarget }) => onView({ ...view, search: currentTarget.value || undefined })}
      />
      {children}
    </div>
  );
};

const Filled = ({ monitors, view, onView, useChoices, preview, toolbar }: Props & CountProps) => {
  const days = useQuery(summariesQuery).data;
  const { search, status, tag } = view;
  const rows = useMemo(
    () =>
      monitors
        .filter((monitor) => matches(monitor, { search, status, tag }))
        .map((monitor) => ({ monitor, day: days?.get(monitor.id) ?? null })),
    [monitors, days, search, status, tag],
  );
  const tagged = monitors.some(({ tags }) => tags.length > 0);
  const shown = useMemo(
    () => columnsOf({ columns: view.columns }).filter((id) => tagged || id !== 'tags'),
    [view.columns, tagged],
  );
  return (
    <>
      <Toolbar monitors={monitors} view={view} onView={onView}>
        {toolbar}
        <ColumnMenu shown={columnsOf(view)} onShown={(next) => onView({ ...view, columns: columnsText(next) })} />
      </Toolbar>
      {rows.length === 0 ? (
        <div className={card.card}>
          <EmptyState
            title={t`No monitor matches`}
            action={
              <Button variant="default" onClick={() => onView({})}>
                <Trans>Show all {monitors.length}</Trans>
              </Button>
            }
          />
        </div>
      ) : (
        <MonitorsTable
          rows={rows}
          shown={shown}
          sort={sortOf(view)}
          onSort={(sort) => onView({ ...view, sort: sortText(sort) })}
        >
          {({ ids, clear }) => (
            <BulkBar
              chosen={monitors.filter(({ id }) => ids.has(id))}
              onClear={clear}
              useChoices={useChoices}
              preview={preview}
            />
          )}
        </MonitorsTable>
      )}
    </>
  );
};

/** Every monitor of the organisation, with counts that filter and a search. */
export const MonitorsList = (props: Props) => {
  const query = useQuery(monitorsQuery);
  useQuery(summariesQuery); // asked for at the same time, not after
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={8} height={64} label={t`Loading monitors`} />;
    case 'error':
      return (
        <Problem title={t`Monitors could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success':
      return query.data.length === 0 ? (
        <div className={card.card}>
          <EmptyState
            title={t`Nothing is being watched yet`}
            action={
              <ButtonLink to="/monitors/new" leftSection={<IconPlus size={16} aria-hidden />}>
                <Trans>Watch a site</Trans>
              </ButtonLink>
            }
          >
            <Trans>Add the URL of a site and its first check arrives within seconds.</Trans>
          </EmptyState>
        </div>
      ) : (
        <Filled {...props} monitors={query.data} />
      );
  }
};

/** One sentence for a glance: whether all is well. */
export const MonitorsSummary = () => {
  const { data } = useQuery(monitorsQuery);
  if (data === undefined || data.length === 0) return null;
  const down = data.filter(({ status }) => status === 'down').length;
  const watched = data.filter(({ status }) => status !== 'paused').length;
  if (down > 0)
    return (
      <span className={styles.alarm}>
        {plural(down, { one: `# of ${data.length} is down`, other: `# of ${data.length} are down` })}
      </span>
    );
  if (watched === 0) return <Trans>All are paused</Trans>;
  if (data.every(({ status }) => status === 'up' || status === 'paused'))
    return <>{plural(watched, { one: 'It is up', other: 'All # are up' })}</>;
  return <Trans>None is down</Trans>;
};
