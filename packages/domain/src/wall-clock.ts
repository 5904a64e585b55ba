// Moments of a wall clock in a zone: what on-call turns and quiet hours are written in.

const zones = new Map<string, boolean>();

/** Whether this is an IANA time zone that is known here. */
export const isTimeZone = (text: string): boolean => {
  const known = zones.get(text);
  if (known !== undefined) return known;
  let good = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/u.test(text);
  try {
    if (good) Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
  } catch {
    good = false;
  }
  if (zones.size < 2_000) zones.set(text, good);
  return good;
};

/** Weekdays (ISO: 1 = Monday) with a stretch of the day, `HH:mm`; `until` not after `from` = it ends on the next day. */
export type WallWindow = Readonly<{ days: readonly number[]; from: string; until: string }>;

/** A zone that moves across the date line skips a day: nothing begins on it. */
export const exists = (day: Temporal.PlainDate, timeZone: string): boolean =>
  day.toZonedDateTime(timeZone).toPlainDate().equals(day);

/** The stretch of a window that begins on this day, as moments (epoch ms); null when it begins on other days. */
const stretchOn = (day: Temporal.PlainDate, timeZone: string, { days, from, until }: WallWindow) => {
  if (!days.includes(day.dayOfWeek)) return null;
  const at = (date: Temporal.PlainDate, time: string): Temporal.ZonedDateTime =>
    date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) });
  const begin = at(day, from);
  if (begin.day !== day.day && !exists(day, timeZone)) return null;
  const end = at(until > from ? day : day.add({ days: 1 }), until);
  return { from: begin.epochMilliseconds, until: end.epochMilliseconds };
};

/** A stretch may have begun so many days before: yesterday, or, where a zone left out a whole day, the day before that. */
const lookBack = 2;

/** The end of the stretch of a window that holds this moment; null = it is in none. The latest when several do. */
export const windowEnd = (window: WallWindow, timeZone: string, at: number): number | null => {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const ends = Array.from({ length: lookBack + 1 }, (_, i) => today.subtract({ days: i })).flatMap((day) => {
    const stretch = stretchOn(day, timeZone, window);
    return stretch !== null && stretch.from <= at && at < stretch.until ? [stretch.until] : [];
  });
  return ends.length === 0 ? null : Math.max(...ends);
};

/** The next moment after `at` at which a window begins or ends. */
export const windowEdgeAfter = (window: WallWindow, timeZone: string, at: number): number | null => {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const edges = Array.from({ length: lookBack + 9 }, (_, i) => today.add({ days: i - lookBack })).flatMap((day) => {
    const stretch = stretchOn(day, timeZone, window);
    return stretch === null ? [] : [stretch.from, stretch.until];
  });
  const later = edges.filter((edge) => edge > at);
  return later.length === 0 ? null : Math.min(...later);
};
