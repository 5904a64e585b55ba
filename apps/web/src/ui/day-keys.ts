import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { addDays } from './calendar-days.ts';

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

type Days = Readonly<{
  days: readonly string[];
  /** Where the keyboard enters the calendar, when it is among the days. */
  home: string;
  /** The same day a page earlier (−1) or later (1). */
  paged: (day: string, by: -1 | 1) => string;
  /** Brings a day into view that isn't among them. */
  onBeyond: (day: string) => void;
}>;

/** Arrow keys move between the days of a calendar, Page Up and Down between its pages; one day alone is in the tab order. */
export const useDayKeys = ({ days, home, paged, onBeyond }: Days) => {
  const frame = useRef<HTMLElement>(null);
  const wanted = useRef<string | null>(null);
  const [last, setLast] = useState(home);
  const active = days.includes(last) ? last : days.includes(home) ? home : (days[0] ?? '');
  useEffect(() => {
    const day = wanted.current;
    if (day === null || !days.includes(day)) return;
    wanted.current = null;
    frame.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
  });
  const target = (key: string, day: string): string | null => {
    if (key === 'PageUp' || key === 'PageDown') return paged(day, key === 'PageUp' ? -1 : 1);
    const step = steps[key];
    return step === undefined ? null : addDays(day, step);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, day: string): void => {
    const next = target(event.key, day);
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    wanted.current = next;
    setLast(next);
    if (!days.includes(next)) onBeyond(next);
  };
  return {
    frame,
    /** What a day's button needs. */
    dayProps: (day: string) => ({
      'data-day': day,
      tabIndex: day === active ? 0 : -1,
      onFocus: () => setLast(day),
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => onKeyDown(event, day),
    }),
  };
};
