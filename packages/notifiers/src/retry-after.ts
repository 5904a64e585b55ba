/** However long a receiver asks for: after this it is tried again. */
const longestMs = 6 * 3_600_000;

/** `Retry-After` as a wait in milliseconds: seconds or an HTTP date; undefined when it says neither. Bounded to 6 h. */
export const retryAfterMs = (header: string | undefined, now: number): number | undefined => {
  const text = header?.trim() ?? '';
  const seconds = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : Number.NaN;
  if (!Number.isNaN(seconds)) return Math.min(Math.ceil(seconds * 1_000), longestMs);
  // A date has a weekday or a month in letters; Date.parse alone would take "-5" for a year.
  const at = /[a-z]{3}/iu.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - now), longestMs);
};
