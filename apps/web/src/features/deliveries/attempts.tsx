import type { DeliveryView } from '@farwatch/contracts';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './deliveries.module.css';

const outcomes = {
  delivered: 'delivered',
  accepted: 'taken, not confirmed yet',
  retry: 'to be tried again',
  rejected: 'refused',
} as const;

/** Every attempt with the receiver's own answer, as it came. */
export const Attempts = ({ delivery }: { readonly delivery: DeliveryView }) => (
  <div className={styles.attempts}>
    {delivery.attempts.length === 0 && delivery.bundledWith === null && delivery.status !== 'dropped' ? (
      <p className={styles.soft}>No attempt yet.</p>
    ) : null}
    <ol className={styles.attemptList}>
      {delivery.attempts.map((attempt) => (
        <li key={attempt.at}>
          <span className={styles.attemptHead}>
            <Instant at={attempt.at} exact />
            <span>{outcomes[attempt.outcome]}</span>
            <span className={styles.soft}>{millisText(attempt.tookMs)}</span>
          </span>
          <Code>{attempt.answer}</Code>
        </li>
      ))}
    </ol>
    {delivery.nextAttemptAt !== null && delivery.attempts.length > 0 ? (
      <p className={styles.soft}>
        Next attempt at <Instant at={delivery.nextAttemptAt} />
      </p>
    ) : null}
  </div>
);
