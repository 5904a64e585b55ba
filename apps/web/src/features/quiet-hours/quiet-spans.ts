import { type WeekWindow, windowFault } from '../../ui/week-window.ts';

/** A quiet stretch of one day, in minutes since its midnight by the wall clock. */
export type QuietSpan = Readonly<{ from: number; until: number }>;

const dayMinutes = 24 * 60;
const week = [1, 2, 3, 4, 5, 6, 7];
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** What is quiet on each day from Monday on; a window that ends on the next day is cut at midnight. */
export const quietSpans = (windows: readonly WeekWindow[]): readonly (readonly QuietSpan[])[] => {
  const whole = windows.filter((window) => windowFault(window) === null);
  return week.map((day) =>
    whole.flatMap(({ days, from: begins, until: ends }) => {
      const from = minutesOf(begins);
      const until = minutesOf(ends);
      const here = days.includes(day);
      if (until > from) return here ? [{ from, until }] : [];
      const yesterday = days.includes(day === 1 ? 7 : day - 1);
      return [...(yesterday && until > 0 ? [{ from: 0, until }] : []), ...(here ? [{ from, until: dayMinutes }] : [])];
    }),
  );
};
