import type { NamedOccurrence } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { dayAt, dayText, monthOf } from '../../ui/calendar-days.ts';
import { useNow } from '../../ui/clock.ts';
import { durationText } from '../../ui/duration.tsx';
import { timeText } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './maintenance.module.css';

const Entry = ({ one, onOpen }: Readonly<{ one: NamedOccurrence; onOpen: () => void }>) => {
  const zone = useZone();
  const now = useNow();
  const [from, until] = [Date.parse(one.from), Date.parse(one.until)];
  return (
    <li>
      <button type="button" className={styles.entry} data-past={until <= now || undefined} onClick={onOpen}>
        <span className={styles.entryTime}>{timeText(one.from, zone)}</span>
        <span className={styles.entryText}>
          <span className={styles.entryName}>{one.name}</span>
          <span className={styles.soft}>
            <Trans>
              lasts {durationText(until - from)}, until {timeText(one.until, zone)}
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

/** A month as a list of the days that have something: for a narrow screen. */
export const Agenda = ({ month, occurrences, onDay, onOpen }: Props) => {
  const zone = useZone();
  const inMonth = occurrences.filter(({ from }) => monthOf(dayAt(Date.parse(from), zone)) === month);
  const days = Map.groupBy(inMonth, ({ from }) => dayAt(Date.parse(from), zone));
  const today = dayAt(useNow(), zone);
  const [whole, setWhole] = useState(false);
  // Of the present month it is asked what comes: what has been is a press away.
  const past = whole || month !== monthOf(today) ? [] : [...days.keys()].filter((day) => day < today);
  const shown = [...days].filter(([day]) => !past.includes(day));
  const name = dayText(`${month}-01`, 'month');
  return (
    <section className={styles.agenda} aria-label={t`Maintenance in ${name}`}>
      {days.size === 0 ? (
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
        <div key={day}>
          <div className={styles.agendaHead}>
            <h2 className={styles.agendaDay}>{dayText(day, 'full')}</h2>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              aria-label={t`Plan maintenance on ${dayText(day, 'full')}`}
              onClick={() => onDay(day)}
            >
              <Trans>Plan</Trans>
            </Button>
          </div>
          <ul className={styles.plain}>
            {all.map((one) => (
              <Entry key={`${one.windowId} ${one.from}`} one={one} onOpen={() => onOpen(one)} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
};
