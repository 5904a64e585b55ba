import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { registerServiceWorker, useNewVersion } from './service-worker.ts';
import styles from './shell.module.css';

/** The page itself comes first: what is kept for a start without a network is fetched when it stands. */
const restMs = 3_000;

/** Says quietly that a newer dashboard is here; nobody is interrupted by a reload they did not ask for. */
export const NewVersion = () => {
  useEffect(() => {
    const timer = setTimeout(() => void registerServiceWorker(), restMs);
    return () => clearTimeout(timer);
  }, []);
  const load = useNewVersion();
  return load === null ? null : (
    <div className={styles.newVersion} role="status">
      <span>
        <Trans>A new version is ready.</Trans>
      </span>
      <Button size="compact-sm" variant="light" leftSection={<IconRefresh size={14} aria-hidden />} onClick={load}>
        <Trans>Reload</Trans>
      </Button>
    </div>
  );
};
