import dayjs from 'dayjs';
import { momentOf, wallOf } from './wall-time.ts';

// Days of the calendar are texts, `2026-11-30`, and months `2026-11`: they have no moment until a zone gives them one.

const asDay = 'YYYY-MM-DD';
const asMonth = 'YYYY-MM';
/** Noon is on every day, in every zone. */
const noon = (day: string) => dayjs(`${day}T12:00`);

/** The day that is meant by one that may not exist: the 31st of November is the 1st of December. Null in another century. */
export const realDay = (day: string): string | null => {
  const meant = noon(day);
  return meant.year() >= 2000 && meant.year() < 2100 ? meant.format(asDay) : null;
};

export const addDays = (day: string, n: number): string => noon(day).add(n, 'day').format(asDay);
/** The same day some months on, or the last day of that month. */
export const addMonths = (day: string, n: number): string => noon(day).add(n, 'month').format(asDay);
export const monthOf = (day: string): string => noon(day).format(asMonth);
export const daysFrom = (day: string, n: number): readonly string[] =>
  Array.from({ length: n }, (_, at) => addDays(day, at));

/** The day that zone's calendar shows at a moment. */
export const dayAt = (at: number, zone: string): string => wallOf(new Date(at).toISOString(), zone).slice(0, 10);
/** The moment (epoch ms) at which a day begins there. */
export const startOfDay = (day: string, zone: string): number => Date.parse(momentOf(`${day}T00:00`, zone) ?? '');

type WeekInfo = { getWeekInfo?: () => { firstDay: number } };
/** With which day a week begins where the reader's language is spoken, 0 = Sunday; Monday where that isn't known. */
export const firstDayOfWeek = (language = navigator.language): number => {
  const locale = new Intl.Locale(language) as Intl.Locale & WeekInfo; // newer than the types, and not everywhere
  return (locale.getWeekInfo?.().firstDay ?? 1) % 7;
};
export const weekOf = (day: string, first = firstDayOfWeek()): string =>
  addDays(day, -((noon(day).day() - first + 7) % 7));

/** The weeks of a month, whole ones: the days around it belong to its neighbours. */
export const weeksOf = (month: string, first = firstDayOfWeek()): readonly (readonly string[])[] => {
  const weeks: (readonly string[])[] = [];
  const end = addMonths(`${month}-01`, 1);
  for (let day = weekOf(`${month}-01`, first); day < end; day = addDays(day, 7)) weeks.push(daysFrom(day, 7));
  return weeks;
};

/** When each of some days in a row begins there, and when the last one ends. */
export const edgesOf = (days: readonly string[], zone: string): readonly number[] =>
  [...days, addDays(days.at(-1) ?? '', 1)].map((day) => startOfDay(day, zone));

/** Where in these days a moment is, in days from the first one's begin: noon of an hour less or more is its true share. */
export const placeOf = (edges: readonly number[], at: number): number => {
  const day = edges.findLastIndex((edge) => edge <= at);
  const begin = edges[day];
  const end = edges[day + 1];
  if (begin === undefined) return 0;
  return end === undefined ? edges.length - 1 : day + (at - begin) / (end - begin);
};

const formats = new Map<string, Intl.DateTimeFormat>();
const looks = {
  weekday: { weekday: 'short' },
  day: { day: 'numeric' },
  dayAndMonth: { day: 'numeric', month: 'short' },
  month: { month: 'long', year: 'numeric' },
  full: { weekday: 'long', day: 'numeric', month: 'long' },
  withYear: { day: 'numeric', month: 'short', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A day as people write it. */
export const dayText = (day: string, look: keyof typeof looks): string => {
  const format = formats.get(look) ?? new Intl.DateTimeFormat(undefined, { ...looks[look], timeZone: 'UTC' });
  formats.set(look, format);
  return format.format(new Date(`${day}T12:00:00Z`));
};
