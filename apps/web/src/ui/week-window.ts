import { t } from '@lingui/core/macro';
/** Days of the week (1 = Monday … 7 = Sunday) and a stretch of each, by a wall clock. */
export type WeekWindow = Readonly<{ days: number[]; from: string; until: string }>;

export const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Why this window will not do, or null. */
export const windowFault = ({ days, from, until }: WeekWindow): string | null => {
  if (days.length === 0) return t`Choose at least one day.`;
  return from === '' || until === '' ? t`Enter both times.` : null;
};
