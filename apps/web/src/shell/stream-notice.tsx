import { Trans } from '@lingui/react/macro';
import { IconCloudOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useAsOf } from '../api/as-of.ts';
import { useStreamState } from '../api/stream-state.tsx';
import { Instant } from '../ui/instant.tsx';
import styles from './shell.module.css';
import { useLost } from './use-lost.ts';

/** Says that the line is down, and as of when everything below is. */
export const StreamNotice = () => {
  const lostAt = useLost();
  const asOf = useAsOf();
  const state = useStreamState();
  if (asOf !== null && state !== 'live')
    return (
      <div className={styles.notice} data-tone="warn" role="status">
        <IconCloudOff size={18} aria-hidden />
        <span>
          <Trans>
            <strong>
              Offline: as of <Instant at={asOf} to="minute" />.
            </strong>{' '}
            Farwatch can’t be reached, so this is what was kept here. Nothing can be changed until it is back; it picks
            up by itself.
          </Trans>
        </span>
      </div>
    );
  return lostAt === null ? null : (
    <div className={styles.notice} data-tone="warn" role="status">
      <IconPlugConnectedX size={18} aria-hidden />
      <span>
        <Trans>
          Not connected. You see what was known at <Instant at={lostAt} />; nothing can be changed until it is back. It
          picks up by itself.
        </Trans>
      </span>
    </div>
  );
};

/** Whether what is shown is live, small and always there. */
export const StreamDot = () => {
  const state = useStreamState();
  const asOf = useAsOf();
  return (
    <span className={styles.live} data-state={state}>
      <span className={styles.dot} aria-hidden />
      {state === 'live' ? (
        <Trans>Live</Trans>
      ) : asOf !== null ? (
        <span>
          <Trans>
            As of <Instant at={asOf} to="minute" />
          </Trans>
        </span>
      ) : state === 'lost' ? (
        <Trans>Not connected</Trans>
      ) : (
        <Trans>Connecting</Trans>
      )}
    </span>
  );
};
