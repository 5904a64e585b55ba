import { t } from '@lingui/core/macro';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Problem } from '../ui/problem.tsx';
import styles from './pages.module.css';

/** When not even the log-in could be asked for. */
export const AwayPage = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter();
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <main className={styles.away}>
      <Problem title={t`The dashboard could not be loaded`} error={error} onRetry={retry} />
    </main>
  );
};
