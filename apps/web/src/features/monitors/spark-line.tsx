import { t } from '@lingui/core/macro';
import { millisText } from '../../ui/duration.tsx';
import styles from './summary.module.css';

const width = 72;
const height = 22;

/** Hours without an answer break the line: nothing was measured there. */
const pathOf = (times: readonly (number | null)[], most: number): string => {
  const x = (i: number): string => ((i / Math.max(1, times.length - 1)) * (width - 2) + 1).toFixed(1);
  const y = (ms: number): string => (height - 2 - (ms / most) * (height - 4)).toFixed(1);
  let before: number | null = null;
  return times
    .map((ms, i) => {
      const mark = ms === null ? '' : `${before === null ? 'M' : 'L'}${x(i)} ${y(ms)}${before === null ? 'h.01' : ''}`;
      before = ms;
      return mark;
    })
    .join('');
};

/** The response times of 24 hours, each the mean of its hour. */
export const SparkLine = ({ times }: { readonly times: readonly (number | null)[] }) => {
  const known = times.filter((ms) => ms !== null);
  if (known.length === 0) return null;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const text = t`Hourly means of 24 hours: ${millisText(least)} to ${millisText(most)}`;
  return (
    <svg className={styles.spark} role="img" aria-label={text} viewBox={`0 0 ${width} ${height}`}>
      <title>{text}</title>
      <path d={pathOf(times, Math.max(1, most))} />
    </svg>
  );
};
