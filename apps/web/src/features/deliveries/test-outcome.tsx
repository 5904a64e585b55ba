import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { Problem } from '../../ui/problem.tsx';
import { Attempts } from './attempts.tsx';
import styles from './deliveries.module.css';
import { DeliveryBadge } from './delivery-words.tsx';
import { deliveryQuery } from './queries.ts';

/** How a delivery that was just asked for is getting on. */
export const DeliveryOutcome = ({ deliveryId }: { readonly deliveryId: string }) => {
  const query = useQuery(deliveryQuery(deliveryId));
  if (query.status === 'error')
    return (
      <Problem
        title={t`The test’s outcome could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  return (
    <div className={styles.outcome} role="status">
      <DeliveryBadge status={query.data?.status ?? 'pending'} />
      {typeof query.data?.reason === 'string' ? <p>{query.data.reason}</p> : null}
      {query.data === undefined || query.data.attempts.length === 0 ? null : <Attempts delivery={query.data} />}
    </div>
  );
};
