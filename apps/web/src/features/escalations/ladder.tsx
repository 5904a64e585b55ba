import type { NewPolicy } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconBell, IconHandStop, IconRepeat, IconRepeatOff } from '@tabler/icons-react';
import { durationText } from '../../ui/duration.tsx';
import { Rows } from '../../ui/rows.tsx';
import styles from './ladder.module.css';
import { Rung } from './rung.tsx';
import type { Reachable } from './slots.ts';
import { lastMoment, whenText } from './step-times.ts';
import { ToldLine } from './told-line.tsx';

const Repeats = ({ policy }: { readonly policy: NewPolicy }) => {
  const { repeatTimes = 0, repeatAfterMs = 0 } = policy;
  if (repeatTimes === 0)
    return (
      <Rung mark={<IconRepeatOff size={14} />} tone="end">
        <p className={styles.line}>
          <b>
            <Trans>Does not repeat</Trans>
          </b>
        </p>
      </Rung>
    );
  const times = plural(repeatTimes, { one: '# more time', other: '# more times' });
  const wait = durationText(repeatAfterMs);
  const last = durationText(lastMoment(policy));
  return (
    <Rung mark={<IconRepeat size={14} />} tone="end">
      <p className={styles.line}>
        <b>
          <Trans>All steps {times}</Trans>
        </b>
        <span className={styles.soft}>
          {repeatAfterMs === 0 ? (
            <Trans>, one after the other; the last message after {last}</Trans>
          ) : (
            <Trans>
              , each {wait} after the last step; the last message after {last}
            </Trans>
          )}
        </span>
      </p>
    </Rung>
  );
};

const Reminds = ({ everyMs }: { readonly everyMs: number | null }) => {
  if (everyMs === null) return null;
  const every = durationText(everyMs);
  return (
    <Rung mark={<IconBell size={14} />} tone="end">
      <p className={styles.line}>
        <b>
          <Trans>A reminder every {every}</Trans>
        </b>{' '}
        <span className={styles.soft}>
          <Trans>to whoever was told, while it is open</Trans>
        </span>
      </p>
    </Rung>
  );
};

/** Where every ladder ends. */
export const Ends = () => (
  <Rung mark={<IconHandStop size={14} />} tone="end">
    <p className={styles.line}>
      <b>
        <Trans>Until somebody acknowledges</Trans>
      </b>{' '}
      <span className={styles.soft}>
        <Trans>or it is over: then no further step is told</Trans>
      </span>
    </p>
  </Rung>
);

/** A policy as the steps it goes through, with the time on them. */
export const Ladder = ({ policy, reachable }: { policy: NewPolicy; reachable: Reachable }) => (
  <ol className={styles.ladder} aria-label={t`Steps of ${policy.name}`}>
    <Rows of={policy.steps}>
      {({ targets }, index) => (
        <Rung mark={index + 1}>
          <p className={styles.when}>{whenText(policy.steps, index)}</p>
          <ul className={styles.tolds}>
            <Rows of={targets}>{(target) => <ToldLine target={target} reachable={reachable} />}</Rows>
          </ul>
        </Rung>
      )}
    </Rows>
    <Repeats policy={policy} />
    <Reminds everyMs={policy.remindEveryMs ?? null} />
    <Ends />
  </ol>
);
