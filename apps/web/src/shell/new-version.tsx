import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useNewVersion } from './service-worker.ts';
import styles from './shell.module.css';

/**
 * Says quietly that a newer dashboard is here; nobody is interrupted by a reload they did not ask for. It stands at the
 * foot of the side, and above the page where there is no side.
 */
export const NewVersion = ({ place }: { readonly place: 'side' | 'top' }) => {
  const load = useNewVersion();
  return load === null ? null : (
    <div className={styles.newVersion} data-place={place} role="status">
      <span>
        <Trans>A new version is ready.</Trans>
      </span>
      <Button size="compact-sm" variant="light" leftSection={<IconRefresh size={14} aria-hidden />} onClick={load}>
        <Trans>Reload</Trans>
      </Button>
    </div>
  );
};
