import { Trans } from '@lingui/react/macro';
import { dayNames, type WeekWindow } from '../../ui/week-window.ts';
import { quietSpans } from './quiet-spans.ts';
import styles from './week-picture.module.css';

const share = (minutes: number): string => `${(minutes / 1440) * 100}%`;

/** The week's quiet stretches at a glance. The fields beside it say the same in words, so readers skip it. */
export const WeekPicture = ({ windows }: { readonly windows: readonly WeekWindow[] }) => (
  <figure className={styles.week} aria-hidden="true">
    {quietSpans(windows).map((spans, index) => (
      <div key={dayNames[index]} className={styles.day}>
        <span className={styles.name}>{dayNames[index]}</span>
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
      {['00', '06', '12', '18', '24'].map((hour) => (
        <span key={hour}>{hour}</span>
      ))}
    </div>
    <figcaption className={styles.caption}>
      <span className={styles.sample} />
      <Trans>Messages wait</Trans>
    </figcaption>
  </figure>
);
