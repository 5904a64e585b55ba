import type { ScheduleView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { addDays, dayAt, startOfDay } from '../../ui/calendar-days.ts';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { useNow } from '../../ui/clock.ts';
import { durationText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './on-call.module.css';
import { shiftsQuery } from './queries.ts';
import type { Shift } from './spans.ts';

/** So far ahead it is looked for who comes next. */
const aheadDays = 35;

const Turn = ({
  label,
  name,
  nobody,
  children,
}: Readonly<{
  label: string;
  name: string;
  nobody: boolean;
  children: ReactNode;
}>) => (
  <div className={styles.turnNow}>
    <span className={styles.soft}>{label}</span>
    {nobody ? (
      <span className={styles.who}>
        <StateBadge tone="warn" large>
          {name}
        </StateBadge>
      </span>
    ) : (
      <strong className={styles.who}>{name}</strong>
    )}
    <span className={styles.until}>{children}</span>
  </div>
);

/** What is known of the shifts around now. */
const around = (shifts: readonly Shift[] | undefined, now: number) => {
  const at = shifts?.findIndex(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until)) ?? -1;
  return { current: shifts?.[at], next: at < 0 ? undefined : shifts?.[at + 1] };
};

/** The shifts from today on, as far ahead as is looked for who comes next. */
export const nowQuery = (scheduleId: string, now: number, zone: string) => {
  const today = dayAt(now, zone);
  const iso = (day: string) => new Date(startOfDay(day, zone)).toISOString();
  return shiftsQuery(scheduleId, iso(today), iso(addDays(today, aheadDays)));
};

/** Who is on call now and until when, and who comes next: the answer for somebody in a hurry. */
export const NowAndNext = ({ schedule, people }: Readonly<{ schedule: ScheduleView; people: readonly Choice[] }>) => {
  const zone = useZone();
  const now = useNow();
  const query = useQuery(nowQuery(schedule.id, now, zone));
  const { current, next } = around(query.data, now);
  const nameOf = (id: string | null) => (id === null ? t`Nobody` : labelOf(people, id, t`somebody who left`));
  const onCall = current === undefined ? schedule.onCall : current.accountId;
  return (
    <div className={styles.nowAndNext}>
      <Turn label={t`On call now`} name={nameOf(onCall)} nobody={onCall === null}>
        {current === undefined ? null : next === undefined ? (
          <Trans>for at least the next {aheadDays} days</Trans>
        ) : (
          <Trans>
            until <Instant at={current.until} to="weekday" />, {durationText(Date.parse(current.until) - now)} from now
          </Trans>
        )}
      </Turn>
      {next === undefined ? null : (
        <Turn label={t`Next`} name={nameOf(next.accountId)} nobody={next.accountId === null}>
          <Trans>
            from <Instant at={next.from} to="weekday" />
          </Trans>
        </Turn>
      )}
    </div>
  );
};
