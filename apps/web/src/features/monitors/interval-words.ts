/** What a monitor's interval can be set to, in seconds. */
export const intervals = [10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];
export const intervalText = (seconds: number): string =>
  seconds < 60 ? `${seconds} seconds` : seconds < 3_600 ? `${seconds / 60} min` : `${seconds / 3_600} h`;
