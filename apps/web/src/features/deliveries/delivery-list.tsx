import type { DeliveryView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Code } from '../../ui/code.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './deliveries.module.css';
import { DeliveryDetails } from './delivery-details.tsx';
import { DeliveryBadge, eventWord } from './delivery-words.tsx';
import { type DeliveryFilter, deliveriesQuery } from './queries.ts';

/** In a glance: how it was told, or why not. */
const briefly = ({ attempts, bundledWith, status, reason }: DeliveryView): string => {
  if (bundledWith !== null) return t`told together`;
  if (attempts.length === 0 && status === 'dropped' && reason !== null) return reason;
  if (attempts.length === 0 && status === 'pending' && reason !== null) return t`waits`;
  return plural(attempts.length, { one: '# attempt', other: '# attempts' });
};

const Row = ({ delivery, linked }: { readonly delivery: DeliveryView; readonly linked: boolean }) => {
  const [open, setOpen] = useState(delivery.status === 'failed');
  const id = `attempts-${delivery.id}`;
  const answer = delivery.attempts.at(-1)?.answer;
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.row}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={15} aria-hidden className={styles.chevron} data-open={open || undefined} />
        <span className={styles.badge}>
          <DeliveryBadge status={delivery.status} quiet />
        </span>
        <span className={styles.what}>{eventWord(delivery.event)}</span>
        <span className={styles.who}>
          {delivery.channelName}
          <span className={styles.kind}>{delivery.kind}</span>
        </span>
        <span className={styles.count}>{briefly(delivery)}</span>
        <span className={styles.when}>
          <Instant at={delivery.createdAt} />
        </span>
      </button>
      {answer === undefined || open ? null : (
        <p className={styles.answer}>
          <Code cut title={answer}>
            {answer}
          </Code>
        </p>
      )}
      <div id={id}>{open ? <DeliveryDetails delivery={delivery} linked={linked} /> : null}</div>
    </li>
  );
};

type Props = Readonly<{ filter: DeliveryFilter; empty: string }>;

/** The delivery log, newest first, each with its attempts. */
export const DeliveryList = ({ filter, empty }: Props) => {
  const query = useInfiniteQuery(deliveriesQuery(filter));
  if (query.status === 'pending') return <Skeletons rows={3} height={45} label={t`Loading deliveries`} />;
  if (query.status === 'error')
    return (
      <Problem title={t`Deliveries could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  const deliveries = query.data.pages.flatMap(({ items }) => items);
  if (deliveries.length === 0)
    return (
      <EmptyState small={filter.incidentId !== undefined} title={t`No delivery yet`}>
        {empty}
      </EmptyState>
    );
  return (
    <>
      <ul className={styles.list}>
        {deliveries.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} linked={filter.incidentId === undefined} />
        ))}
      </ul>
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
