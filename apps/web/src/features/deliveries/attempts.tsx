import type { DeliveryView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Code } from '../../ui/code.tsx';
import { millisText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './deliveries.module.css';

const outcomes = {
  delivered: msg`delivered`,
  accepted: msg`taken, not confirmed yet`,
  retry: msg`to be tried again`,
  rejected: msg`refused`,
} as const;

/** Every attempt with the receiver's own answer, as it came. */
export const Attempts = ({ delivery }: { readonly delivery: DeliveryView }) => (
  <div className={styles.attempts}>
    {delivery.attempts.length === 0 && delivery.bundledWith === null && delivery.status !== 'dropped' ? (
      <p className={styles.soft}>
        <Trans>No attempt yet.</Trans>
      </p>
    ) : null}
    <ol className={styles.attemptList}>
      {delivery.attempts.map((attempt) => (
        <li key={attempt.at}>
          <span className={styles.attemptHead}>
            <Instant at={attempt.at} exact />
            <span>{i18n._(outcomes[attempt.outcome])}</span>
            <span className={styles.soft}>{millisText(attempt.tookMs)}</span>
          </span>
          <Code>{attempt.answer}</Code>
        </li>
      ))}
    </ol>
    {delivery.nextAttemptAt !== null && delivery.attempts.length > 0 ? (
      <p className={styles.soft}>
        <Trans>
          Next attempt at <Instant at={delivery.nextAttemptAt} />
        </Trans>
      </p>
    ) : null}
  </div>
);
