import { startsBetween } from './recurrence.ts';
import { isFor, type Scope } from './scope.ts';
import { isTimeZone } from './wall-clock.ts';

export const shortestMaintenanceMs = 60_000;
export const longestMaintenanceMs = 30 * 86_400_000;

/** When work is planned. Lengths are real time: a window of two hours lasts two hours, whatever the clocks do. */
export type MaintenanceTimes = Readonly<{
  /** The zone's wall clock (`2026-11-29T02:00`), or, with a `Z` at its end, a moment. */
  startsAt: string;
  timeZone: string;
  durationMs: number;
  /** The value of an RRULE without `ruleFault`; null = once. */
  rule: string | null;
  /** Moments (epoch ms) at which somebody ended what was running then. */
  cuts: readonly number[];
}>;
export type MaintenanceWindow = MaintenanceTimes & Readonly<{ id: string; appliesTo: Scope }>;

/** From (inclusive) until (exclusive), epoch ms. */
export type Occurrence = Readonly<{ from: number; until: number }>;

/** Read piece by piece, so that a range with more occurrences than are asked for costs no more than those. */
const pieceMs = 400 * 86_400_000;

const cutOff = (from: number, durationMs: number, cuts: readonly number[]): Occurrence => {
  const until = from + durationMs;
  const ended = cuts.filter((at) => at >= from && at < until);
  return { from, until: Math.min(until, ...ended) };
};

const isInstant = (text: string): boolean => text.endsWith('Z');
const wallOf = (text: string, timeZone: string): Temporal.PlainDateTime =>
  isInstant(text)
    ? Temporal.Instant.from(text).toZonedDateTimeISO(timeZone).toPlainDateTime()
    : Temporal.PlainDateTime.from(text);

const startsIn = ({ startsAt, timeZone, rule }: MaintenanceTimes, from: number, to: number): readonly number[] => {
  if (rule !== null) return startsBetween({ rule, first: wallOf(startsAt, timeZone), timeZone }, from, to);
  const start = isInstant(startsAt)
    ? Temporal.Instant.from(startsAt).epochMilliseconds
    : wallOf(startsAt, timeZone).toZonedDateTime(timeZone).epochMilliseconds;
  return start >= from && start < to ? [start] : [];
};

/**
 * The occurrences that have a part in the range, by their start; at most `limit` of them. They may overlap where a window
 * is longer than its rule's pause. A zone that isn't known has none.
 */
export const occurrencesBetween = (
  times: MaintenanceTimes,
  from: number,
  to: number,
  limit: number,
): readonly Occurrence[] => {
  const found: Occurrence[] = [];
  if (!isTimeZone(times.timeZone)) return found;
  for (let at = from - times.durationMs + 1; at < to && found.length < limit; at += pieceMs) {
    for (const start of startsIn(times, at, Math.min(to, at + pieceMs))) {
      const occurrence = cutOff(start, times.durationMs, times.cuts);
      if (occurrence.until > from && occurrence.until > occurrence.from) found.push(occurrence);
    }
  }
  return found.slice(0, limit);
};

const backBy = new Map<string, (interval: number) => Temporal.DurationLike>([
  ['HOURLY', (n) => ({ hours: n })],
  ['DAILY', (n) => ({ days: n })],
  ['WEEKLY', (n) => ({ weeks: n })],
  ['MONTHLY', (n) => ({ months: n })],
  ['YEARLY', (n) => ({ years: n })],
]);
/** An hourly rule that begins in two months: no more steps back than that. */
const mostSteps = 4_000;

/**
 * A rule that begins later, as if it had begun by `since` (epoch ms): whole intervals earlier, so that it meets the same
 * days. One that is counted or ends, or that is once, is left as it is.
 */
export const plannedSince = (times: MaintenanceTimes, since: number): MaintenanceTimes => {
  const { rule, startsAt, timeZone } = times;
  const back = backBy.get(/FREQ=([A-Z]+)/u.exec(rule ?? '')?.[1] ?? '');
  if (rule === null || back === undefined || /COUNT=|UNTIL=/u.test(rule) || !isTimeZone(timeZone)) return times;
  const interval = Number(/INTERVAL=([0-9]+)/u.exec(rule)?.[1] ?? 1);
  const first = wallOf(startsAt, timeZone);
  const least = Temporal.Instant.fromEpochMilliseconds(since).toZonedDateTimeISO(timeZone).toPlainDateTime();
  for (let step = 0; step <= mostSteps; step++) {
    const start = first.subtract(back(interval * step));
    // The 31st is no day of every month: such a step is none.
    const meets = !/FREQ=(MONTHLY|YEARLY)/u.test(rule) || start.day === first.day;
    if (meets && Temporal.PlainDateTime.compare(start, least) <= 0) return { ...times, startsAt: start.toString() };
  }
  return times;
};

/** More running at once than this begins every hour and lasts a month. */
const mostAtOnce = 800;

/** The occurrence that holds this moment; of several the one that ends last. Null = none is running. */
export const occurrenceAt = (times: MaintenanceTimes, at: number): Occurrence | null =>
  occurrencesBetween(times, at, at + 1, mostAtOnce).reduce<Occurrence | null>(
    (last, one) => (last === null || one.until > last.until ? one : last),
    null,
  );

/** The next start after this moment, looked for `withinMs` ahead. */
export const nextStart = (times: MaintenanceTimes, after: number, withinMs: number): number | null =>
  isTimeZone(times.timeZone) ? (startsIn(times, after + 1, after + 1 + withinMs)[0] ?? null) : null;

/** A window that a monitor is in, with what is running of it. */
export type Maintained = Readonly<{ windowId: string; from: number; until: number }>;

/** The windows that this monitor is in at this moment, with what is running of each; the one that ends last comes first. */
export const maintenanceOf = (
  windows: readonly MaintenanceWindow[],
  monitor: Readonly<{ id: string; tags: readonly string[] }>,
  at: number,
): readonly Maintained[] =>
  windows
    .filter(({ appliesTo }) => isFor(appliesTo, monitor))
    .flatMap((window) => {
      const running = occurrenceAt(window, at);
      return running === null ? [] : [{ windowId: window.id, ...running }];
    })
    .toSorted((a, b) => b.until - a.until);
