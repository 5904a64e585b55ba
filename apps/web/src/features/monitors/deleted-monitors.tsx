import { type DeletedMonitor, listDeletedMonitors, restoreMonitor } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { messageOf } from '../../api/call-error.ts';
import { Instant } from '../../ui/instant.tsx';
import styles from './deleted.module.css';
import { deletedKey, monitorQuery, monitorsQuery, summariesQuery } from './queries.ts';

const most = 100;
const deletedQuery = queryOptions({
  queryKey: deletedKey,
  queryFn: ({ signal }) => call(listDeletedMonitors, { query: { limit: most } }, { signal }),
});

const useRestore = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: DeletedMonitor) => call(restoreMonitor, { params: { monitorId: id } }),
    onSuccess: (monitor) => {
      client.setQueryData(monitorQuery(monitor.id).queryKey, monitor);
      notifications.show({ message: t`${monitor.name} is back, with its log and its incidents.` });
      for (const queryKey of [monitorsQuery.queryKey, summariesQuery.queryKey, ['incidents']])
        void client.invalidateQueries({ queryKey });
    },
    onError: (error, { name }) =>
      notifications.show({ color: 'red', title: t`${name} could not be brought back`, message: messageOf(error) }),
    onSettled: () => client.invalidateQueries({ queryKey: deletedKey }),
  });
};

const Row = ({ monitor }: { readonly monitor: DeletedMonitor }) => {
  const restore = useRestore();
  const { name, url, deletedAt, keptUntil } = monitor;
  return (
    <li className={styles.row}>
      <span className={styles.what}>
        <b>{name}</b>
        <span className={styles.url}>{url}</span>
      </span>
      <span className={styles.soft}>
        <Trans>
          deleted <Instant at={deletedAt} to="minute" />, kept until <Instant at={keptUntil} to="minute" />
        </Trans>
      </span>
      <Button
        size="compact-sm"
        variant="default"
        loading={restore.isPending}
        onClick={() => restore.mutate(monitor)}
        aria-label={t`Bring back ${name}`}
      >
        <Trans>Bring back</Trans>
      </Button>
    </li>
  );
};

/** What was deleted in the last day and can be brought back: one quiet line, and a list for who asks. */
export const DeletedMonitors = () => {
  const query = useQuery(deletedQuery);
  const [open, { toggle }] = useDisclosure(false);
  if (query.status === 'pending') return null;
  if (query.status === 'error')
    return (
      <p className={styles.line}>
        <Trans>What was deleted could not be loaded.</Trans>{' '}
        <Button size="compact-sm" variant="subtle" loading={query.isFetching} onClick={() => void query.refetch()}>
          <Trans>Try again</Trans>
        </Button>
      </p>
    );
  const { items, next } = query.data;
  if (items.length === 0 && !open) return null;
  const count = plural(items.length, {
    one: '# monitor deleted in the last 24 hours',
    other: '# monitors deleted in the last 24 hours',
  });
  return (
    <section aria-label={t`Deleted monitors`} className={styles.deleted}>
      <p className={styles.line}>
        {items.length === 0 ? (
          <Trans>Nothing is left that was deleted in the last 24 hours.</Trans>
        ) : next === null ? (
          count
        ) : (
          <Trans>More than {most} monitors deleted in the last 24 hours</Trans>
        )}{' '}
        <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={toggle}>
          {open ? <Trans>Hide</Trans> : <Trans>Show</Trans>}
        </Button>
      </p>
      {open && items.length > 0 ? (
        <ul className={styles.list}>
          {items.map((monitor) => (
            <Row key={monitor.id} monitor={monitor} />
          ))}
        </ul>
      ) : null}
    </section>
  );
};
