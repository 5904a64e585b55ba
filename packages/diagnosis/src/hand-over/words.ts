/** `2026-11-28 04:00:00.250 UTC`: as people read it, and as precise as it is known. */
export const moment = (instant: string | null): string =>
  instant === null ? 'not known' : `${instant.slice(0, 10)} ${instant.slice(11, -1)} UTC`;

const between = ([from, to]: readonly [string | null, string | null]): string =>
  `between ${moment(from)} and ${moment(to)}`;
export const startWords = (bounds: readonly [string | null, string | null]): string =>
  `${between(bounds)} (last good check, first failing one)`;
export const clearWords = (bounds: readonly [string | null, string | null]): string =>
  `${between(bounds)} (last failing check, first good one)`;

/** `1 h 3 min 20 s`. */
export const lengthWords = (ms: number): string => {
  const s = Math.round(ms / 1_000);
  const parts = [
    [Math.floor(s / 3_600), 'h'],
    [Math.floor(s / 60) % 60, 'min'],
    [s % 60, 's'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return told.length === 0 ? '0 s' : told.join(' ');
};

export const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;
/** Without what turns writing round or moves a cursor. */
export const harmless = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu, ' ').toWellFormed();
