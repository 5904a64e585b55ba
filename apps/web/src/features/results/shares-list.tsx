import type { ShareView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './look.module.css';
import { sharesQuery, useRevoke } from './shares.ts';

/** Of a look its moment: ids begin with it. */
const momentOf = ({ subject }: ShareView): string => new Date(Number(subject.split('-')[0])).toISOString();

const Row = ({ share }: { readonly share: ShareView }) => {
  const revoke = useRevoke();
  const { author } = share;
  return (
    <li className={styles.share}>
      <span className={styles.shareText}>
        <b>{share.monitorName}</b>{' '}
        <Trans>
          look of <Instant at={momentOf(share)} />
        </Trans>
        <span className={styles.soft}>
          {share.withBody ? t`with its body` : t`without its body`} · {t`by ${author}`},{' '}
          <Trans>
            until <Instant at={share.expiresAt} to="weekday" />
          </Trans>
        </span>
        <FormAlert error={revoke.error} kept={t`The link still works.`} />
      </span>
      <Button size="xs" variant="default" loading={revoke.isPending} onClick={() => revoke.mutate(share)}>
        <Trans>Revoke</Trans>
      </Button>
    </li>
  );
};

/** The links that still work, each with a way to end it. `inset`: it fills a card. */
export const SharesList = ({ monitorId, inset = false }: Readonly<{ monitorId?: string; inset?: boolean }>) => {
  const query = useInfiniteQuery(sharesQuery(monitorId));
  if (query.status === 'pending') return <Skeletons rows={2} height={52} label={t`Loading the links`} />;
  if (query.status === 'error')
    return (
      <Problem title={t`The links could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  const shares = query.data.pages.flatMap(({ items }) => items);
  if (shares.length === 0)
    return (
      <EmptyState small title={t`No link works`}>
        <Trans>A look is shared from the response log of its monitor.</Trans>
      </EmptyState>
    );
  return (
    <>
      <ul className={styles.shareList} data-inset={inset || undefined}>
        {shares.map((share) => (
          <Row key={share.id} share={share} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          <Trans>Load older</Trans>
        </Button>
      ) : null}
    </>
  );
};
