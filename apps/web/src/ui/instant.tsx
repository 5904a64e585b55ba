const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const exactClock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** The user's zone by name, `Europe/Berlin`. */
export const zoneName = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/** `14:02:07` today, `23 Nov 14:02:07` this year, with the year before that. */
export const instantText = (at: string, now = new Date()): string => {
  const date = new Date(at);
  if (sameDay(date, now)) return clock.format(date);
  return `${(date.getFullYear() === now.getFullYear() ? day : dayAndYear).format(date)}, ${clock.format(date)}`;
};

/** To the millisecond and with the zone: `23 Nov 2026, 14:02:07.120 Europe/Berlin`. */
export const exactText = (at: string): string => {
  const date = new Date(at);
  return `${dayAndYear.format(date)}, ${exactClock.format(date)} ${zoneName}`;
};

type Props = Readonly<{ at: string; exact?: boolean }>;

/** A moment in the user's zone; the exact one on hover, or shown with `exact`. */
export const Instant = ({ at, exact = false }: Props) => (
  <time dateTime={at} title={exactText(at)}>
    {exact
      ? `${sameDay(new Date(at), new Date()) ? '' : `${day.format(new Date(at))}, `}${exactClock.format(new Date(at))}`
      : instantText(at)}
  </time>
);
