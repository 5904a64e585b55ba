import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { twelveHours } from '../../ui/hour-cycle.ts';
import { dayNames, type WeekWindow, windowText } from '../../ui/week-window.ts';
import { quietSpans } from './quiet-spans.ts';
import styles from './week-picture.module.css';

const share = (minutes: number): string => `${(minutes / 1440) * 100}%`;
const hours = [0, 6, 12, 18, 24];
/** `06`, or `6 AM`. */
const hourText = (hour: number): string => {
  if (!twelveHours()) return String(hour).padStart(2, '0');
  return new Intl.DateTimeFormat(undefined, { hour: 'numeric', hour12: true, timeZone: 'UTC' }).format(
    hour * 3_600_000,
  );
};

/** The week's quiet stretches at a glance, and in words for whoever does not see them. */
export const WeekPicture = ({ windows, zone }: { windows: readonly WeekWindow[]; zone: string }) => {
  const names = dayNames();
  const words = windows.flatMap((window) => windowText(window) ?? []);
  const told = words.length === 0 ? t`No quiet time yet` : t`Messages wait: ${words.join('; ')} (${zone})`;
  return (
    <figure className={styles.figure}>
      <div className={styles.week} role="img" aria-label={told}>
        {quietSpans(windows).map((spans, index) => (
          <div key={names[index]} className={styles.day}>
            <span>{names[index]}</span>
            <span className={styles.track}>
              {spans.map(({ from, until }) => (
                <span
                  key={`${from}-${until}`}
                  className={styles.quiet}
                  style={{ insetInlineStart: share(from), inlineSize: share(until - from) }}
                />
              ))}
            </span>
          </div>
        ))}
        <div className={styles.hours}>
          {hours.map((hour) => (
            <span key={hour} style={{ insetInlineStart: share(hour * 60) }}>
              {hourText(hour)}
            </span>
          ))}
        </div>
      </div>
      <figcaption className={styles.caption} aria-hidden>
        <span className={styles.sample} />
        <Trans>Messages wait</Trans> · {zone}
      </figcaption>
    </figure>
  );
};
