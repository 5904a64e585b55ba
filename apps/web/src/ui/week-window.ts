import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { hourCycleOptions } from './hour-cycle.ts';

/** Days of the week (1 = Monday … 7 = Sunday) and a stretch of each, by a wall clock. */
export type WeekWindow = Readonly<{ days: number[]; from: string; until: string }>;

const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** The days' short names from Monday on, in the page's language. */
export const dayNames = (): readonly string[] => {
  const format = new Intl.DateTimeFormat(i18n.locale, { weekday: 'short', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, day) => format.format(monday + day * dayMs));
};

/** Why this window will not do, or null. */
export const windowFault = ({ days, from, until }: WeekWindow): string | null => {
  if (days.length === 0) return t`Choose at least one day.`;
  return from === '' || until === '' ? t`Enter both times.` : null;
};

/** Days that follow each other, as pairs of the first and the last. */
const runs = (days: readonly number[]): readonly (readonly [number, number])[] => {
  const found: [number, number][] = [];
  for (const day of days.toSorted((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === day - 1) last[1] = day;
    else found.push([day, day]);
  }
  return found;
};

const daysText = (days: readonly number[]): string => {
  if (days.length === 7) return t`Every day`;
  const names = dayNames();
  const name = (day: number): string => names[day - 1] ?? '';
  const parts = runs(days).flatMap(([first, last]) => {
    if (first === last) return [name(first)];
    return last === first + 1 ? [name(first), name(last)] : [`${name(first)}–${name(last)}`];
  });
  return new Intl.ListFormat(i18n.locale).format(parts);
};

/** A time of a wall clock, on the reader's own kind of clock. */
const clockText = (time: string): string =>
  new Intl.DateTimeFormat(undefined, { timeStyle: 'short', timeZone: 'UTC', ...hourCycleOptions() }).format(
    Date.parse(`2024-01-01T${time}:00Z`),
  );

/** A window in words; one that is not whole yet has none. */
export const windowText = (window: WeekWindow): string | null => {
  if (windowFault(window) !== null) return null;
  const { days, from, until } = window;
  const [which, begins, ends] = [daysText(days), clockText(from), clockText(until)];
  return until <= from ? t`${which} from ${begins} to ${ends} on the next day` : t`${which} from ${begins} to ${ends}`;
};
