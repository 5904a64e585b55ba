import { hourCycle, hourCycleOptions } from './hour-cycle.ts';
import { useZone } from './zone.ts';

const time = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
const date = { day: 'numeric', month: 'short' } as const;

const make = (timeZone: string) => {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(undefined, { ...options, ...hourCycleOptions(), timeZone });
  return {
    day: format(date),
    dayAndYear: format({ ...date, year: 'numeric' }),
    year: format({ year: 'numeric' }),
    clock: format(time),
    exactClock: format({ ...time, fractionalSecondDigits: 3 }),
    minute: format({ hour: '2-digit', minute: '2-digit' }),
    weekday: format({ ...date, weekday: 'short', hour: '2-digit', minute: '2-digit' }),
    weekdayAndYear: format({ ...date, year: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit' }),
  };
};

/** Formatters are slow to make and there are few zones. */
const made = new Map<string, ReturnType<typeof make>>();
const formats = (zone: string) => {
  const key = `${zone} ${hourCycle()}`;
  const known = made.get(key) ?? make(zone);
  made.set(key, known);
  return known;
};

const sameDay = (a: Date, b: Date, zone: string): boolean => {
  const { dayAndYear } = formats(zone);
  return dayAndYear.format(a) === dayAndYear.format(b);
};
const dayText = (at: Date, now: Date, zone: string): string => {
  const { day, dayAndYear, year } = formats(zone);
  return (year.format(at) === year.format(now) ? day : dayAndYear).format(at);
};

/** `14:02:07` today, `23 Nov 14:02:07` this year, with the year before that. */
export const instantText = (at: string, zone: string, now = new Date()): string => {
  const moment = new Date(at);
  const clock = formats(zone).clock.format(moment);
  return sameDay(moment, now, zone) ? clock : `${dayText(moment, now, zone)}, ${clock}`;
};

/** To the minute: `14:02` today, else `23 Nov, 14:02`. */
export const minuteText = (at: string, zone: string, now = new Date()): string => {
  const moment = new Date(at);
  const minute = formats(zone).minute.format(moment);
  return sameDay(moment, now, zone) ? minute : `${dayText(moment, now, zone)}, ${minute}`;
};

/** The time of day alone, to the minute. */
export const timeText = (at: string, zone: string): string => formats(zone).minute.format(new Date(at));

/** With the day of the week, for what lies ahead: `Mon, 30 Nov, 09:00`; in another year with that. */
export const weekdayText = (at: string, zone: string, now = new Date()): string => {
  const { weekday, weekdayAndYear, year } = formats(zone);
  const moment = new Date(at);
  return (year.format(moment) === year.format(now) ? weekday : weekdayAndYear).format(moment);
};

/** To the millisecond and with the zone: `23 Nov 2026, 14:02:07.120 Europe/Berlin`. */
export const exactText = (at: string, zone: string): string => {
  const { dayAndYear, exactClock } = formats(zone);
  const moment = new Date(at);
  return `${dayAndYear.format(moment)}, ${exactClock.format(moment)} ${zone}`;
};

/** To the second and with the zone: `23 Nov 2026, 14:02:07 Europe/Berlin`. */
export const secondText = (at: string, zone: string): string => {
  const { dayAndYear, clock } = formats(zone);
  const moment = new Date(at);
  return `${dayAndYear.format(moment)}, ${clock.format(moment)} ${zone}`;
};

/** The time of day alone, to the second. */
export const wallClockText = (at: string, zone: string): string => formats(zone).clock.format(new Date(at));

type Look = 'second' | 'exact' | 'minute' | 'weekday';
const textOf = (at: string, zone: string, look: Look): string => {
  switch (look) {
    case 'second':
      return instantText(at, zone);
    case 'minute':
      return minuteText(at, zone);
    case 'weekday':
      return weekdayText(at, zone);
    case 'exact': {
      const { day, exactClock } = formats(zone);
      const moment = new Date(at);
      return `${sameDay(moment, new Date(), zone) ? '' : `${day.format(moment)}, `}${exactClock.format(moment)}`;
    }
  }
};

/** To the millisecond, its day only where it is another one than that of a moment told just before. */
const afterText = (at: string, after: string, zone: string): string =>
  sameDay(new Date(at), new Date(after), zone)
    ? formats(zone).exactClock.format(new Date(at))
    : textOf(at, zone, 'exact');

type Props = Readonly<{ at: string; exact?: boolean; to?: 'minute' | 'weekday'; after?: string }>;

/** A moment in the reader's zone; the exact one with the zone on hover, or shown with `exact`, or after another one. */
export const Instant = ({ at, exact = false, to, after }: Props) => {
  const zone = useZone();
  return (
    <time dateTime={at} title={exactText(at, zone)}>
      {after === undefined ? textOf(at, zone, exact ? 'exact' : (to ?? 'second')) : afterText(at, after, zone)}
    </time>
  );
};

/** The zone times are told in, by name. */
export const ZoneName = () => useZone();
