/** Days of the week (1 = Monday … 7 = Sunday) and a stretch of each, by a wall clock. */
export type WeekWindow = Readonly<{ days: number[]; from: string; until: string }>;

export const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Mon–Fri`, `Sat, Sun`, `every day`. */
export const daysText = (days: readonly number[]): string => {
  const sorted = days.toSorted((a, b) => a - b);
  if (sorted.length === dayNames.length) return 'every day';
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  const name = (day: number): string => dayNames[day - 1] ?? '';
  return sorted.length > 2 && last - first === sorted.length - 1
    ? `${name(first)}–${name(last)}`
    : sorted.map(name).join(', ');
};
export const windowText = ({ days, from, until }: WeekWindow): string => `${daysText(days)} ${from}–${until}`;

/** Why this window will not do, or null. */
export const windowFault = ({ days, from, until }: WeekWindow): string | null => {
  if (days.length === 0) return 'Choose at least one day.';
  return from === '' || until === '' ? 'Enter both times.' : null;
};
