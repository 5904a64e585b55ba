import type { NamedOccurrence } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { dayAt, dayText, monthOf, startOfDay } from '../../ui/calendar-days.ts';
import { useNow } from '../../ui/clock.ts';
import { durationText } from '../../ui/duration.tsx';
import { timeText, weekdayText } from '../../ui/instant.tsx';
import card from '../../ui/page.module.css';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './maintenance.module.css';

type EntryProps = Readonly<{ one: NamedOccurrence; day: string; onOpen: () => void }>;
/** Under the day on which it begins its hour is told; under the month's first one that came from before, its day. */
const Entry = ({ one, day, onOpen }: EntryProps) => {
  const zone = useZone();
  const now = useNow();
  const [from, until] = [Date.parse(one.from), Date.parse(one.until)];
  const begun = dayAt(from, zone);
  const begin = begun === day ? timeText(one.from, zone) : dayText(begun, 'dayAndMonth');
  const end = (dayAt(until, zone) === day ? timeText : weekdayText)(one.until, zone);
  return (
    <li>
      <button type="button" className={styles.entry} data-past={until <= now || undefined} onClick={onOpen}>
        <span className={styles.entryTime}>{begin}</span>
        <span className={styles.entryText}>
          <span className={styles.entryName}>{one.name}</span>
          <span className={styles.soft}>
            <Trans>
              lasts {durationText(until - from)}, until {end}
            </Trans>
          </span>
        </span>
        {from <= now && now < until ? (
          <StateBadge tone="calm">
            <Trans>Runs now</Trans>
          </StateBadge>
        ) : null}
      </button>
    </li>
  );
};

type Props = Readonly<{
  month: string;
  occurrences: readonly NamedOccurrence[];
  onDay: (day: string) => void;
  onOpen: (occurrence: NamedOccurrence) => void;
}>;

type DayProps = Pick<Props, 'onDay' | 'onOpen'> & Readonly<{ day: string; all: readonly NamedOccurrence[] }>;
const DayOf = ({ day, all, onDay, onOpen }: DayProps) => {
  const name = dayText(day, 'full');
  return (
    <div>
      <div className={styles.agendaHead}>
        <h2 className={styles.agendaDay}>{name}</h2>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          aria-label={t`Plan maintenance on ${name}`}
          onClick={() => onDay(day)}
        >
          <Trans>Plan</Trans>
        </Button>
      </div>
      <ul className={styles.plain}>
        {all.map((one) => (
          <Entry key={`${one.windowId} ${one.from}`} {...{ one, day }} onOpen={() => onOpen(one)} />
        ))}
      </ul>
    </div>
  );
};

type Day = readonly [string, readonly NamedOccurrence[]];
/** The month's days that have something, each with what begins on it; what began before the month is on its first. */
const daysOf = (occurrences: readonly NamedOccurrence[], month: string, zone: string): readonly Day[] => {
  const first = `${month}-01`;
  const dayOf = ({ from }: NamedOccurrence): string =>
    [dayAt(Date.parse(from), zone), first].toSorted().at(-1) ?? first;
  const begin = startOfDay(first, zone);
  const shown = occurrences.filter((one) => monthOf(dayOf(one)) === month && Date.parse(one.until) > begin);
  return [...Map.groupBy(shown, dayOf)];
};

/** A month as a list of the days that have something: for a narrow screen. */
export const Agenda = ({ month, occurrences, onDay, onOpen }: Props) => {
  const zone = useZone();
  const now = useNow();
  const [whole, setWhole] = useState(false);
  const days = daysOf(occurrences, month, zone);
  // Of the present month it is asked what runs and what comes: what has been is a press away.
  const isPast = ([day, all]: Day): boolean =>
    day < dayAt(now, zone) && all.every(({ until }) => Date.parse(until) <= now);
  const past = whole || month !== monthOf(dayAt(now, zone)) ? [] : days.filter(isPast);
  const shown = days.filter((day) => !past.includes(day));
  const name = dayText(`${month}-01`, 'month');
  return (
    <section className={card.card} aria-label={t`Maintenance in ${name}`}>
      {days.length === 0 ? (
        <p className={styles.nothing}>
          <Trans>Nothing is planned in {name}.</Trans>
        </p>
      ) : null}
      {past.length === 0 ? null : (
        <Button variant="subtle" fullWidth radius={0} onClick={() => setWhole(true)}>
          {plural(past.length, { one: 'Show # earlier day', other: 'Show # earlier days' })}
        </Button>
      )}
      {shown.map(([day, all]) => (
        <DayOf key={day} {...{ day, all, onDay, onOpen }} />
      ))}
    </section>
  );
};
