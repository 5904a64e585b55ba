import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconArrowBarToLeft, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Choice } from '../../ui/choice.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './deliveries.module.css';
import { DeliveryRow, SentAgainRow } from './delivery-row.tsx';
import { type DeliveryFilter, type DeliveryPage, deliveriesQuery } from './queries.ts';

type Turn = Readonly<{ cursor: string | undefined; onCursor: (cursor: string | undefined) => void }>;
type Props = Readonly<{
  filter: DeliveryFilter;
  empty: string;
  /** Stands there instead when a filter leaves nothing. */
  noneFits?: ReactNode;
  /** The kinds of channel in words. */
  kinds?: readonly Choice[];
  /** Where the page is kept, when not here: in the URL. */
  turn?: Turn;
}>;

const noKinds: readonly Choice[] = [];

const Pages = ({ page, turn: { cursor, onCursor } }: Readonly<{ page: DeliveryPage; turn: Turn }>) => {
  const { next, previous } = page;
  if (next === null && previous === null) return null;
  return (
    <nav className={styles.pages} aria-label={t`Pages of the log`}>
      <Button
        variant="subtle"
        size="xs"
        disabled={cursor === undefined}
        leftSection={<IconArrowBarToLeft size={15} aria-hidden />}
        onClick={() => onCursor(undefined)}
      >
        <Trans>Newest</Trans>
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={previous === null}
        leftSection={<IconChevronLeft size={15} aria-hidden />}
        onClick={() => onCursor(previous ?? undefined)}
      >
        <Trans>Newer</Trans>
      </Button>
      <Button
        variant="default"
        size="xs"
        disabled={next === null}
        rightSection={<IconChevronRight size={15} aria-hidden />}
        onClick={() => onCursor(next ?? undefined)}
      >
        <Trans>Older</Trans>
      </Button>
    </nav>
  );
};

const Filled = ({ filter, kinds = noKinds, turn, page }: Props & { readonly page: DeliveryPage }) => {
  const [sent, setSent] = useState<readonly string[]>([]);
  const rest = {
    linked: filter.incidentId === undefined,
    kinds,
    onSent: (id: string) => setSent((before) => [...before, id]),
  };
  const gone = [...new Set(sent)].filter((id) => !page.items.some((delivery) => delivery.id === id));
  return (
    <>
      <ul className={styles.list}>
        {gone.map((id) => (
          <SentAgainRow key={id} deliveryId={id} {...rest} />
        ))}
        {page.items.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} awaited={sent.includes(delivery.id)} {...rest} />
        ))}
      </ul>
      {turn === undefined ? null : <Pages page={page} turn={turn} />}
    </>
  );
};

/** The delivery log, newest first and live, page by page both ways, each with its attempts. */
export const DeliveryList = (props: Props) => {
  const { filter, empty, noneFits, turn } = props;
  const [own, setOwn] = useState<string | undefined>();
  const pages = turn ?? { cursor: own, onCursor: setOwn };
  const query = useQuery(deliveriesQuery(filter, pages.cursor));
  if (query.status === 'pending') return <Skeletons rows={8} height={46} label={t`Loading deliveries`} />;
  if (query.status === 'error')
    return (
      <Problem title={t`Deliveries could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  const { items, next, previous } = query.data;
  if (items.length === 0 && next === null && previous === null)
    return (
      noneFits ?? (
        <EmptyState small={filter.incidentId !== undefined} title={t`No delivery yet`}>
          {empty}
        </EmptyState>
      )
    );
  return (
    <div aria-busy={query.isPlaceholderData || undefined} className={styles.log}>
      <Filled {...props} turn={pages} page={query.data} />
    </div>
  );
};
