import { tzOffset } from '@date-fns/tz';

// Between moments and what a wall clock in a zone shows, as `datetime-local` fields write it: `2026-11-30T09:00`.
// Reckoned by offsets alone: a date of the device's own zone lacks an hour on another night than that zone's clock does.

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/u;
const minute = 60_000;
const day = 1_440 * minute;

const offsetAt = (ms: number, zone: string): number => tzOffset(zone, new Date(ms)) * minute;
/** What that zone's clock shows at a moment, written as if it were UTC. */
const shownAt = (ms: number, zone: string): Date => new Date(ms + offsetAt(ms, zone));

/**
 * The moment at which that zone's clock shows `shown`, which is written as if it were UTC; as the API reads it: the first
 * of two when the clock goes back, and as much later as it skips when it goes forward.
 */
const momentAt = (shown: number, zone: string): number => {
  const [first, second] = [shown - offsetAt(shown - day, zone), shown - offsetAt(shown + day, zone)];
  return !isShown(shown, first, zone) && isShown(shown, second, zone) ? second : first;
};
const isShown = (shown: number, ms: number, zone: string): boolean => ms + offsetAt(ms, zone) === shown;

/** A wall time written as if it were UTC; null when it is not a whole one. */
const readWall = (wall: string): number | null => {
  const found = pattern.exec(wall);
  if (found === null) return null;
  const [y = 0, month = 1, d = 1, hour = 0, min = 0] = found.slice(1).map(Number);
  return Date.UTC(y, month - 1, d, hour, min);
};

/** The moment at which that zone's clock shows this; null when it is not a whole time. */
export const momentOf = (wall: string, zone: string): string | null => {
  const shown = readWall(wall);
  const ms = shown === null ? Number.NaN : momentAt(shown, zone);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

/** Whether that zone's clock shows this twice, as it goes back, or never, as it goes forward; null on any other day. */
export const clockTurn = (wall: string, zone: string): 'twice' | 'never' | null => {
  const shown = readWall(wall);
  if (shown === null) return null;
  const [first, second] = [shown - offsetAt(shown - day, zone), shown - offsetAt(shown + day, zone)];
  if (first === second || Number.isNaN(first)) return null;
  const [one, other] = [isShown(shown, first, zone), isShown(shown, second, zone)];
  return one && other ? 'twice' : one || other ? null : 'never';
};

/** What that zone's clock shows at a moment; nothing for a zone that this browser doesn't know. */
export const wallOf = (at: string, zone: string): string => {
  const shown = shownAt(Date.parse(at), zone);
  return Number.isNaN(shown.getTime()) ? '' : shown.toISOString().slice(0, 16);
};

/** The moment of a time on the day after, by that zone's calendar. */
export const nextDayAt = (now: number, hour: number, zone: string): string => {
  const shown = shownAt(now, zone);
  const ms = Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate() + 1, hour);
  return new Date(momentAt(ms, zone)).toISOString();
};

/** The next moment at which that zone's clock shows a whole hour. */
export const nextHourAt = (now: number, zone: string): string => {
  const shown = shownAt(now, zone);
  const ms = Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), shown.getUTCDate(), shown.getUTCHours() + 1);
  return new Date(momentAt(ms, zone)).toISOString();
};
