import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconArrowsMaximize, IconX } from '@tabler/icons-react';
import { useAsOf } from '../api/as-of.ts';
import { StreamDot } from '../shell/stream-notice.tsx';
import { useLost } from '../shell/use-lost.ts';
import { useNow } from '../ui/clock.ts';
import { Instant, wallClockText, ZoneName } from '../ui/instant.tsx';
import { Link } from '../ui/link.tsx';
import { useZone } from '../ui/zone.ts';
import styles from './pages.module.css';

const Clock = () => {
  const zone = useZone();
  const now = new Date(useNow()).toISOString();
  return (
    <time className={styles.wallClock} dateTime={now}>
      {wallClockText(now, zone)}
    </time>
  );
};

/** The clock with its zone, whether all this is live, and the way out. */
export const WallHead = ({ tag }: { readonly tag: string | undefined }) => {
  const lostAt = useLost();
  const asOf = useAsOf();
  const knownAt = asOf ?? lostAt;
  return (
    <div className={styles.wallHead}>
      <Clock />
      <span className={styles.wallLine}>
        <ZoneName />
        {tag === undefined ? null : <span>{t`Tag: ${tag}`}</span>}
        {knownAt === null ? (
          <StreamDot />
        ) : (
          <strong className={styles.wallLost} role="status">
            <Trans>
              Not connected: as of <Instant at={knownAt} />
            </Trans>
          </strong>
        )}
        <button
          type="button"
          className={styles.wallButton}
          aria-label={t`Full screen`}
          onClick={() => void document.documentElement.requestFullscreen().catch(() => undefined)}
        >
          <IconArrowsMaximize size={18} aria-hidden />
        </button>
        <Link to="/" className={styles.wallButton} aria-label={t`Leave the wall`}>
          <IconX size={18} aria-hidden />
        </Link>
      </span>
    </div>
  );
};
