import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { durationText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './on-call.module.css';
import { isGap, type Span } from './spans.ts';

/** Warns of the time in which nobody would be woken; nothing when there is none. */
export const GapsNote = ({ spans }: { readonly spans: readonly Span[] }) => {
  const gaps = spans.filter(isGap);
  // A gap that is over wakes nobody any more: the one to mend is the next.
  const [now] = useState(() => Date.now());
  const first = gaps.find(({ until }) => until > now) ?? gaps[0];
  if (first === undefined) return null;
  const total = durationText(gaps.reduce((sum, { from, until }) => sum + until - from, 0));
  const word = first.until <= now ? t`the first was` : first.from <= now ? t`one runs now,` : t`the next is`;
  const count = plural(gaps.length, { one: 'in one gap', other: 'in # gaps' });
  return (
    <p className={styles.gaps}>
      <IconAlertTriangleFilled size={15} aria-hidden />
      <span>
        <Trans>
          Nobody is on call for {total} of these two weeks, {count}; {word}{' '}
          <Instant at={new Date(first.from).toISOString()} to="weekday" /> –{' '}
          <Instant at={new Date(first.until).toISOString()} to="weekday" />.
        </Trans>
      </span>
    </p>
  );
};
