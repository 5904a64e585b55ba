/** A moment in words of somebody's zone. Formatters are made once a zone: they are slow to make. */
type Formats = Readonly<{ date: Intl.DateTimeFormat; time: Intl.DateTimeFormat; spoken: Intl.DateTimeFormat }>;
const known = new Map<string, Formats>();
/** There are some 600 zones; more than that is somebody's noise. */
const maxZones = 700;

const formatsOf = (timeZone: string): Formats => {
  const found = known.get(timeZone);
  if (found !== undefined) return found;
  const made: Formats = {
    date: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    }),
    time: new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'long' }),
    spoken: new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', minute: '2-digit', hour12: true }),
  };
  if (known.size >= maxZones) known.clear();
  known.set(timeZone, made);
  return made;
};

/** The zone when this Node knows it, else UTC: a row may be older than its time zone data. */
export const usableZone = (timeZone: string): string => {
  try {
    formatsOf(timeZone);
    return timeZone;
  } catch {
    return 'UTC';
  }
};

/** `Mon, 23 Nov 2026, 15:02:07 CET (2026-11-23T14:02:07.120Z)`: for people, and exact. */
export const momentText = (at: Date, timeZone: string): string => {
  const { date, time } = formatsOf(usableZone(timeZone));
  return `${date.format(at)}, ${time.format(at)} (${at.toISOString()})`;
};

/** `15:02:07 CET` */
export const timeText = (at: Date, timeZone: string): string => formatsOf(usableZone(timeZone)).time.format(at);

/** `Mon, 23 Nov 2026` */
export const dateText = (at: Date, timeZone: string): string => formatsOf(usableZone(timeZone)).date.format(at);

/** `3:02 PM, Berlin time`: to be heard. */
export const spokenTime = (at: Date, timeZone: string): string => {
  const zone = usableZone(timeZone);
  const place = zone === 'UTC' ? 'U T C' : `${(zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')} time`;
  return `${formatsOf(zone).spoken.format(at)}, ${place}`;
};
