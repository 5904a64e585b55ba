import type { NamedOccurrence } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { dayAt, daysFrom, dayText, monthOf } from '../../ui/calendar-days.ts';
import { useNow } from '../../ui/clock.ts';
import { durationText } from '../../ui/duration.tsx';
import { timeText, weekdayText } from '../../ui/instant.tsx';
import card from '../../ui/page.module.css';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './maintenance.module.css';

const dayMs = 86_400_000;

/** The days that it touches, in a zone: one that ends at midnight is over the day before. */
const daysOf = ({ from, until }: NamedOccurrence, zone: string): readonly string[] => {
  const first = dayAt(Date.parse(from), zone);
  const last = dayAt(Math.max(Date.parse(from), Date.parse(until) - 1), zone);
  const days = daysFrom(first, Math.ceil((Date.parse(until) - Date.parse(from)) / dayMs) + 1);
  return days.filter((day) => day <= last);
};

const Lasts = ({ one, begins }: Readonly<{ one: NamedOccurrence; begins: boolean }>) => {
  const zone = useZone();
  const length = durationText(Date.parse(one.until) - Date.parse(one.from));
  if (!begins)
    return (
      <Trans>
        goes on since {weekdayText(one.from, zone)}, until {weekdayText(one.until, zone)}
      </Trans>
    );
  return (
    <Trans>
      lasts {length}, until {daysOf(one, zone).length > 1 ? weekdayText(one.until, zone) : timeText(one.until, zone)}
    </Trans>
  );
};

type EntryProps = Readonly<{ one: NamedOccurrence; day: string; onOpen: () => void }>;
const Entry = ({ one, day, onOpen }: EntryProps) => {
  const zone = useZone();
  const now = useNow();
  const [from, until] = [Date.parse(one.from), Date.parse(one.until)];
  const begins = dayAt(from, zone) === day;
  return (
    <li>
      <button type="button" className={styles.entry} data-past={until <= now || undefined} onClick={onOpen}>
        <span className={styles.entryTime}>{begins ? timeText(one.from, zone) : null}</span>
        <span className={styles.entryText}>
          <span className={styles.entryName}>{one.name}</span>
          <span className={styles.soft}>
            <Lasts one={one} begins={begins} />
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
/** The month's days that have something, each with all that touches it. */
const daysOfMonth = (occurrences: readonly NamedOccurrence[], month: string, zone: string): readonly Day[] => {
  const onDays = occurrences.flatMap((one) => daysOf(one, zone).map((day) => ({ day, one })));
  const inMonth = onDays.filter(({ day }) => monthOf(day) === month);
  const byDay = Map.groupBy(inMonth, ({ day }) => day);
  return [...byDay]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([day, all]) => [day, all.map(({ one }) => one)]);
};

/** A month as a list of the days that have something: for a narrow screen. */
export const Agenda = ({ month, occurrences, onDay, onOpen }: Props) => {
  const zone = useZone();
  const today = dayAt(useNow(), zone);
  const [whole, setWhole] = useState(false);
  const days = daysOfMonth(occurrences, month, zone);
  // Of the present month it is asked what runs and what comes: what has been is a press away.
  const past = whole || month !== monthOf(today) ? [] : days.filter(([day]) => day < today);
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
