import { plural } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { durationText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './on-call.module.css';
import { isGap, type Span } from './spans.ts';

/** Warns of the time in which nobody would be woken; nothing when there is none. */
export const GapsNote = ({ spans }: { readonly spans: readonly Span[] }) => {
  const gaps = spans.filter(isGap);
  const [first] = gaps;
  if (first === undefined) return null;
  const total = durationText(gaps.reduce((sum, { from, until }) => sum + until - from, 0));
  const count = plural(gaps.length, { one: 'in one gap', other: 'in # gaps' });
  return (
    <p className={styles.gaps}>
      <IconAlertTriangleFilled size={15} aria-hidden />
      <span>
        <Trans>
          Nobody is on call for {total} of these two weeks, {count}; the first is{' '}
          <Instant at={new Date(first.from).toISOString()} to="weekday" /> –{' '}
          <Instant at={new Date(first.until).toISOString()} to="weekday" />.
        </Trans>
      </span>
    </p>
  );
};
