import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { CallError, messageOf } from '../api/call-error.ts';
import styles from './states.module.css';

type Props = Readonly<{ title: string; error?: unknown; onRetry?: () => void }>;

/** What failed, why, and a way to try again. */
export const Problem = ({ title, error, onRetry }: Props) => (
  <div className={styles.problem} role="alert">
    <IconAlertTriangle size={20} aria-hidden className={styles.problemIcon} />
    <div className={styles.problemText}>
      <p className={styles.problemTitle}>{title}</p>
      {error === undefined || error === null ? null : <p>{messageOf(error)}</p>}
      {error instanceof CallError && error.requestId !== null ? (
        <p className={styles.requestId}>
          <Trans>Request {error.requestId}</Trans>
        </p>
      ) : null}
    </div>
    {onRetry === undefined ? null : (
      <Button variant="default" size="sm" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
        <Trans>Try again</Trans>
      </Button>
    )}
  </div>
);
