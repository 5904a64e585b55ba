import { plural, t } from '@lingui/core/macro';

/** What a monitor's interval can be set to, in seconds. */
export const intervals = [10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];
export const intervalText = (seconds: number): string => {
  if (seconds < 60) return plural(seconds, { one: '# second', other: '# seconds' });
  const [minutes, hours] = [seconds / 60, seconds / 3_600];
  return seconds < 3_600 ? t`${minutes} min` : t`${hours} h`;
};
