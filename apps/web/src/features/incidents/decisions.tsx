import type { DecisionView } from '@farwatch/contracts';
import { Button } from '@mantine/core';
import { IconBellOff, IconBellRinging, IconInfoCircle } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './incidents.module.css';
import { decisionsQuery } from './queries.ts';

const effects = {
  told: { icon: IconBellRinging, word: 'Told' },
  silent: { icon: IconBellOff, word: 'Silent' },
  note: { icon: IconInfoCircle, word: 'Note' },
} as const satisfies Record<DecisionView['effect'], unknown>;

const Decision = ({ decision }: { readonly decision: DecisionView }) => {
  const { icon: Icon, word } = effects[decision.effect];
  return (
    <li className={styles.entry} data-act>
      <Icon size={17} aria-label={word} className={styles.entryIcon} />
      <div className={styles.entryText}>
        <p className={styles.words}>{decision.text}</p>
        <span className={styles.soft}>
          <Instant at={decision.at} />
          {decision.incidentId === null ? null : (
            <>
              {' · '}
              <Link to="/incidents/$incidentId" params={{ incidentId: decision.incidentId }}>
                Go to that incident
              </Link>
            </>
          )}
        </span>
      </div>
    </li>
  );
};

/** Every decision about telling of an incident, in order: why people heard of it, or did not. */
export const Decisions = ({ incidentId }: { readonly incidentId: string }) => {
  const query = useInfiniteQuery(decisionsQuery(incidentId));
  if (query.status === 'pending') return <Skeletons rows={2} height={48} label="Loading the decisions" />;
  if (query.status === 'error')
    return <Problem title="Decisions could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  const decisions = query.data.pages.flatMap(({ items }) => items);
  if (decisions.length === 0) return <EmptyState small title="This incident is older than the record of decisions" />;
  return (
    <>
      <ol className={styles.entries} aria-label="Why this alerted, or did not">
        {decisions.map((decision) => (
          <Decision key={`${decision.at} ${decision.deliveryId} ${decision.text}`} decision={decision} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <div className={styles.more}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load newer
          </Button>
        </div>
      ) : null}
    </>
  );
};
