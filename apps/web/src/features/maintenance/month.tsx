import type { NamedOccurrence } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { addMonths, dayAt, dayText, edgesOf, monthOf, weeksOf } from '../../ui/calendar-days.ts';
import { useNow } from '../../ui/clock.ts';
import { useDayKeys } from '../../ui/day-keys.ts';
import { timeText, weekdayText } from '../../ui/instant.tsx';
import card from '../../ui/page.module.css';
import { useZone } from '../../ui/zone.ts';
import { type Placed, placed } from './lanes.ts';
import styles from './month.module.css';

const mostLanes = 3;

const Bar = ({ one, onOpen }: Readonly<{ one: Placed; onOpen: () => void }>) => {
  const zone = useZone();
  const now = useNow();
  const { name, from, until } = one.occurrence;
  const runs = Date.parse(from) <= now && now < Date.parse(until);
  const said = t`${name}, ${weekdayText(from, zone)} – ${weekdayText(until, zone)}`;
  return (
    <li className={styles.place} style={{ gridColumn: `${one.first + 1} / ${one.end + 1}`, gridRow: one.lane + 2 }}>
      <button
        type="button"
        className={styles.bar}
        data-runs={runs || undefined}
        data-past={Date.parse(until) <= now || undefined}
        data-before={one.before || undefined}
        data-after={one.after || undefined}
        title={said}
        onClick={onOpen}
      >
        <VisuallyHidden>{runs ? t`${said}, runs now` : said}</VisuallyHidden>
        {one.before ? null : (
          <span aria-hidden="true" className={styles.time}>
            {timeText(from, zone)}
          </span>
        )}
        <span aria-hidden="true" className={styles.barName}>
          {name}
        </span>
      </button>
    </li>
  );
};

type More = Readonly<{ all: readonly Placed[]; onMore: () => void }>;
/** On which days there is more than is shown. */
const MoreOfDays = ({ all, onMore }: More) =>
  Array.from({ length: 7 }, (_, day) => {
    const n = all.filter(({ first, end, lane }) => lane >= mostLanes && first <= day && day < end).length;
    return n === 0 ? null : (
      <button
        key={day}
        type="button"
        className={styles.more}
        style={{ gridColumn: day + 1, gridRow: mostLanes + 2 }}
        onClick={onMore}
      >
        <Trans>{n} more</Trans>
      </button>
    );
  });

type WeekProps = Readonly<{
  days: readonly string[];
  month: string;
  today: string;
  occurrences: readonly NamedOccurrence[];
  dayProps: ReturnType<typeof useDayKeys>['dayProps'];
  onDay: (day: string) => void;
  onOpen: (occurrence: NamedOccurrence) => void;
}>;

const Week = ({ days, month, today, occurrences, dayProps, onDay, onOpen }: WeekProps) => {
  const zone = useZone();
  const [whole, setWhole] = useState(false);
  const all = placed(occurrences, edgesOf(days, zone));
  const shown = whole ? all : all.filter(({ lane }) => lane < mostLanes);
  const rows = Math.max(mostLanes, ...shown.map(({ lane }) => lane + 1), shown.length < all.length ? mostLanes + 1 : 0);
  const on = (at: number) => all.filter(({ first, end }) => first <= at && at < end).length;
  return (
    <div className={styles.week} style={{ gridTemplateRows: `30px repeat(${rows}, 25px) 4px` }}>
      {days.map((day, at) => {
        const n = on(at) === 0 ? t`no maintenance` : plural(on(at), { one: '# window', other: '# windows' });
        return (
          <button
            key={day}
            type="button"
            className={styles.day}
            style={{ gridColumn: at + 1 }}
            data-outside={monthOf(day) !== month || undefined}
            aria-current={day === today ? 'date' : undefined}
            onClick={() => onDay(day)}
            {...dayProps(day)}
          >
            <VisuallyHidden>{t`${dayText(day, 'full')}, ${n}: plan maintenance`}</VisuallyHidden>
            <span aria-hidden="true" className={styles.number}>
              {dayText(day, day.endsWith('-01') ? 'dayAndMonth' : 'day')}
            </span>
          </button>
        );
      })}
      <ul className={styles.bars} aria-label={t`Maintenance from ${dayText(days[0] ?? '', 'dayAndMonth')}`}>
        {shown.map((one) => (
          <Bar
            key={`${one.occurrence.windowId} ${one.occurrence.from}`}
            one={one}
            onOpen={() => onOpen(one.occurrence)}
          />
        ))}
      </ul>
      {whole ? null : <MoreOfDays all={all} onMore={() => setWhole(true)} />}
    </div>
  );
};

type Props = Readonly<{
  month: string;
  occurrences: readonly NamedOccurrence[];
  onMonth: (month: string) => void;
  onDay: (day: string) => void;
  onOpen: (occurrence: NamedOccurrence) => void;
}>;

/** A month with what is planned in it. Arrow keys move between the days; Enter plans on one. */
export const Month = ({ month, occurrences, onMonth, onDay, onOpen }: Props) => {
  const today = dayAt(useNow(), useZone());
  const weeks = weeksOf(month);
  const { frame, dayProps } = useDayKeys({
    days: weeks.flat(),
    home: monthOf(today) === month ? today : `${month}-01`,
    paged: (day, by) => addMonths(day, by),
    onBeyond: (day) => onMonth(monthOf(day)),
  });
  return (
    <section className={card.card} ref={frame} aria-label={t`Maintenance in ${dayText(`${month}-01`, 'month')}`}>
      <div className={styles.weekdays} aria-hidden="true">
        {(weeks[0] ?? []).map((day) => (
          <span key={day}>{dayText(day, 'weekday')}</span>
        ))}
      </div>
      {weeks.map((days) => (
        <Week key={days[0]} {...{ days, month, today, occurrences, dayProps, onDay, onOpen }} />
      ))}
    </section>
  );
};
