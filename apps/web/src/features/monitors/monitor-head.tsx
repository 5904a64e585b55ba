import type { MonitorView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconExternalLink } from '@tabler/icons-react';
import { Code } from '../../ui/code.tsx';
import { durationText, Since } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './monitors.module.css';
import { MonitorBadge } from './status.tsx';

/** What it is and how it does, since when: the answer somebody came for. */
export const MonitorHead = ({ monitor }: { readonly monitor: MonitorView }) => (
  <div className={styles.head}>
    <h1 className={styles.headName}>{monitor.name}</h1>
    <div className={styles.headState}>
      <MonitorBadge status={monitor.status} large />
      <span className={styles.soft}>
        <Trans>
          for <Since at={monitor.statusSince} />, since <Instant at={monitor.statusSince} />
        </Trans>
        {monitor.status === 'maintenance' && monitor.maintenanceUntil !== null ? (
          <Trans>
            , until <Instant at={monitor.maintenanceUntil} />
          </Trans>
        ) : null}
      </span>
    </div>
  </div>
);

/** The URL and how it is looked at, in one line. */
export const MonitorNote = ({ monitor }: { readonly monitor: MonitorView }) => (
  <span className={styles.headNote}>
    <a className={styles.headUrl} href={monitor.url} target="_blank" rel="noreferrer">
      <Code>{monitor.url}</Code>
      <IconExternalLink size={14} aria-label={t`opens in a new tab`} />
    </a>
    <span>
      <Trans>
        {monitor.method}, every {durationText(monitor.intervalMs).replace('.0 s', ' s')} from{' '}
        {monitor.regions.join(', ')}; up is {monitor.expectedStatuses}
      </Trans>
    </span>
  </span>
);
