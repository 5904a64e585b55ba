import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { durationText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import { useZone } from '../../ui/zone.ts';
import { spanText } from './bar.tsx';
import styles from './on-call.module.css';
import { isGap, type Span } from './spans.ts';

type Props = Readonly<{ spans: readonly Span[]; people: readonly Choice[]; onSpan: (span: Span) => void }>;

/** The shifts in words, the shortest too: what the calendar shows, to be read and changed one by one. */
export const ShiftList = ({ spans, people, onSpan }: Props) => {
  const zone = useZone();
  return (
    <ul className={styles.shiftList} aria-label={t`Shifts of these two weeks`}>
      {spans.map((span) => {
        const name = span.accountId === null ? t`Nobody` : labelOf(people, span.accountId, t`somebody who left`);
        return (
          <li key={span.from} className={styles.shift} data-gap={isGap(span) || undefined}>
            <span className={styles.shiftName}>{span.override === null ? name : t`${name}, stepping in`}</span>
            <span className={styles.shiftTimes}>
              <Instant at={new Date(span.from).toISOString()} to="weekday" /> –{' '}
              <Instant at={new Date(span.until).toISOString()} to="weekday" /> · {durationText(span.until - span.from)}
            </span>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={t`Change: ${spanText(span, name, zone)}`}
              onClick={() => onSpan(span)}
            >
              <Trans>Change</Trans>
            </Button>
          </li>
        );
      })}
    </ul>
  );
};
