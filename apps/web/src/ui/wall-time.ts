import { TZDateMini } from '@date-fns/tz';

// Between moments and what a wall clock in a zone shows, as `datetime-local` fields write it: `2026-11-30T09:00`.

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/u;
const two = (n: number): string => String(n).padStart(2, '0');

/** The moment at which that zone's clock shows this; null when it is not a whole time. */
export const momentOf = (wall: string, zone: string): string | null => {
  const found = pattern.exec(wall);
  if (found === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = found.slice(1).map(Number);
  const ms = new TZDateMini(year, month - 1, day, hour, minute, zone).getTime();
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

/** What that zone's clock shows at a moment. */
export const wallOf = (at: string, zone: string): string => {
  const date = new TZDateMini(Date.parse(at), zone);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** The moment of a time on the day after, by that zone's calendar. */
export const nextDayAt = (now: number, hour: number, zone: string): string => {
  const date = new TZDateMini(now, zone);
  return new Date(
    new TZDateMini(date.getFullYear(), date.getMonth(), date.getDate() + 1, hour, 0, zone).getTime(),
  ).toISOString();
};

/** The next moment at which that zone's clock shows a whole hour. */
export const nextHourAt = (now: number, zone: string): string => {
  const date = new TZDateMini(now, zone);
  const hour = new TZDateMini(date.getFullYear(), date.getMonth(), date.getDate(), date.getHours() + 1, 0, zone);
  return new Date(hour.getTime()).toISOString();
};
