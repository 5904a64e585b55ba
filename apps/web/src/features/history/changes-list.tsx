import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './history.module.css';
import { changesQuery } from './queries.ts';

/** Every decision about a monitor in one sentence each, newest first: why it is what it is. */
export const ChangesList = ({ monitorId }: { readonly monitorId: string }) => {
  const query = useInfiniteQuery(changesQuery(monitorId));
  if (query.status === 'pending') return <Skeletons rows={2} height={32} label={t`Loading the changes`} />;
  if (query.status === 'error')
    return <Problem title={t`Changes could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />;
  const changes = query.data.pages.flatMap(({ items }) => items);
  if (changes.length === 0) return <EmptyState small title={t`Nothing has been decided yet`} />;
  return (
    <>
      <ol className={styles.changes} aria-label={t`Changes`}>
        {changes.map(({ kind, at, decidedAt, summary }) => (
          <li key={`${decidedAt} ${kind} ${at}`} className={styles.change} data-kind={kind}>
            <span className={styles.moment}>
              <Instant at={at} />
            </span>
            <span>{summary}</span>
          </li>
        ))}
      </ol>
      {query.hasNextPage ? (
        <div className={styles.more}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            <Trans>Load older</Trans>
          </Button>
        </div>
      ) : null}
    </>
  );
};
