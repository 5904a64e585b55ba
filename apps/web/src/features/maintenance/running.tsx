import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNow } from '../../ui/clock.ts';
import { durationText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import page from '../../ui/page.module.css';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './maintenance.module.css';
import { windowsQuery } from './queries.ts';
import { EndWindow } from './window-acts.tsx';
import { forWhom, runningOf } from './window-words.ts';

/** What runs now, until when and for whom, with the way to end it; nothing while nothing runs. */
export const RunningNow = () => {
  const now = useNow();
  const windows = useQuery(windowsQuery).data ?? [];
  const running = windows.flatMap((window) => {
    const one = runningOf(window, now);
    return one === null ? [] : [{ window, until: one.until }];
  });
  if (running.length === 0) return null;
  return (
    <ul className={styles.running} aria-label={t`What runs now`}>
      {running.map(({ window, until }) => (
        <li key={window.id} className={`${page.banner} ${styles.runningOne}`}>
          <div className={`${page.bannerText} ${styles.runningText}`}>
            <StateBadge tone="calm" quiet>
              <Trans>Maintenance runs now</Trans>
            </StateBadge>
            <strong className={styles.runningName}>{window.name}</strong>
            <span>
              <Trans>
                until <Instant at={until} to="minute" />, {durationText(Date.parse(until) - now)} left, for{' '}
                {forWhom(window)}
              </Trans>
            </span>
          </div>
          <EndWindow window={window} />
        </li>
      ))}
    </ul>
  );
};
