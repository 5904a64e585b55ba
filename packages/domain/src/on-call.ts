import { isTimeZone, type WallWindow, windowEdgeAfter, windowEnd } from './wall-clock.ts';

/** People who take turns. `startsAt` is the first hand-over by the zone's wall clock; `window` null = around the clock. */
export type Rotation = Readonly<{
  participants: readonly string[];
  timeZone: string;
  startsAt: string;
  shift: Readonly<{ unit: 'hours' | 'days' | 'weeks'; length: number }>;
  window: WallWindow | null;
}>;
export type Override = Readonly<{ from: number; until: number; accountId: string }>;

/** Of the rotations the first that has somebody decides; of overrides the latest in the list. */
export type Schedule = Readonly<{ rotations: readonly Rotation[]; overrides: readonly Override[] }>;
export type Shift = Readonly<{ accountId: string | null; from: number; until: number }>;

/** The moment of the nth hand-over. Days and weeks keep the wall clock's time, whatever a change of the clocks does. */
const handOver = ({ startsAt, timeZone, shift: { unit, length } }: Rotation, n: number): number => {
  const first = Temporal.PlainDateTime.from(startsAt).toZonedDateTime(timeZone);
  const moment = unit === 'hours' ? first.add({ hours: n * length }) : first.add({ [unit]: n * length });
  return moment.epochMilliseconds;
};

const unitMs = { hours: 3_600_000, days: 86_400_000, weeks: 604_800_000 } as const;

/** How many hand-overs there were before or at this moment, less one; −1 = it hasn't begun. Guessed, then put right. */
const turnAt = (rotation: Rotation, at: number): number => {
  const { unit, length } = rotation.shift;
  let n = Math.floor((at - handOver(rotation, 0)) / (unitMs[unit] * length));
  while (n >= 0 && handOver(rotation, n) > at) n -= 1;
  while (handOver(rotation, n + 1) <= at) n += 1;
  return Math.max(n, -1);
};

const onTurn = (rotation: Rotation, at: number): string | null => {
  const { participants, timeZone, window } = rotation;
  if (participants.length === 0 || !isTimeZone(timeZone)) return null;
  if (window !== null && windowEnd(window, timeZone, at) === null) return null;
  const turn = turnAt(rotation, at);
  return turn < 0 ? null : (participants[turn % participants.length] ?? null);
};

/** Who is on call at this moment (epoch ms); null = nobody. */
export const onCallAt = ({ rotations, overrides }: Schedule, at: number): string | null => {
  const override = overrides.findLast(({ from, until }) => from <= at && at < until);
  if (override !== undefined) return override.accountId;
  for (const rotation of rotations) {
    const somebody = onTurn(rotation, at);
    if (somebody !== null) return somebody;
  }
  return null;
};

/** The moments after `at` at which somebody else may be on call. */
const edgesAfter = ({ rotations, overrides }: Schedule, at: number): readonly number[] => [
  ...overrides.flatMap(({ from, until }) => [from, until]),
  ...rotations
    .filter(({ timeZone }) => isTimeZone(timeZone))
    .flatMap((rotation) => [
      handOver(rotation, Math.max(turnAt(rotation, at), -1) + 1),
      ...(rotation.window === null ? [] : [windowEdgeAfter(rotation.window, rotation.timeZone, at) ?? 0]),
    ]),
];

/** Who is on call from when to when, without hole or overlap, neighbours joined; at most `limit` shifts. */
export const shiftsBetween = (schedule: Schedule, from: number, until: number, limit: number): readonly Shift[] => {
  const shifts: Shift[] = [];
  for (let at = from; at < until; ) {
    const accountId = onCallAt(schedule, at);
    const next = Math.min(until, ...edgesAfter(schedule, at).filter((edge) => edge > at));
    const last = shifts.at(-1);
    if (last !== undefined && last.accountId === accountId) shifts[shifts.length - 1] = { ...last, until: next };
    else if (shifts.length === limit) break;
    else shifts.push({ accountId, from: at, until: next });
    at = next;
  }
  return shifts;
};
