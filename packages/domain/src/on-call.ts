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

/**
 * The moment of the nth hand-over. Days and weeks are counted on the calendar and only then given a moment: a first
 * hand-over at an hour that a change of the clocks skips must not move all later ones.
 */
const handOver = ({ startsAt, timeZone, shift: { unit, length } }: Rotation, n: number): number => {
  const first = Temporal.PlainDateTime.from(startsAt);
  const moment =
    unit === 'hours'
      ? first.toZonedDateTime(timeZone).add({ hours: n * length })
      : first.add({ [unit]: n * length }).toZonedDateTime(timeZone);
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

/** The next moment after `at` at which somebody else may have the turn. Who has it alone hands over to nobody. */
const turnEdgeAfter = (rotation: Rotation, at: number): number => {
  const { participants, timeZone, window } = rotation;
  const edge = (window === null ? null : windowEdgeAfter(window, timeZone, at)) ?? Number.POSITIVE_INFINITY;
  if (window !== null && windowEnd(window, timeZone, at) === null) return edge;
  const turn = turnAt(rotation, at);
  return turn >= 0 && participants.length < 2 ? edge : Math.min(edge, handOver(rotation, turn + 1));
};

/** Finds the next moment at which somebody else may be on call, asked for ever later ones: a rotation's is kept until it has passed. */
const edgeFinder = ({ rotations, overrides }: Schedule): ((at: number) => number) => {
  const known = rotations.filter(({ timeZone }) => isTimeZone(timeZone));
  const turns = known.map((rotation) => ({ rotation, edge: Number.NEGATIVE_INFINITY }));
  const fixed = overrides.flatMap(({ from, until }) => [from, until]);
  return (at) => {
    for (const turn of turns) if (turn.edge <= at) turn.edge = turnEdgeAfter(turn.rotation, at);
    return Math.min(...turns.map(({ edge }) => edge), ...fixed.filter((edge) => edge > at));
  };
};

/** Who is on call from when to when, without hole or overlap, neighbours joined; at most `limit` shifts. */
export const shiftsBetween = (schedule: Schedule, from: number, until: number, limit: number): readonly Shift[] => {
  const shifts: Shift[] = [];
  const edgeAfter = edgeFinder(schedule);
  for (let at = from; at < until; ) {
    const accountId = onCallAt(schedule, at);
    const next = Math.min(until, edgeAfter(at));
    const last = shifts.at(-1);
    if (last !== undefined && last.accountId === accountId) shifts[shifts.length - 1] = { ...last, until: next };
    else if (shifts.length === limit) break;
    else shifts.push({ accountId, from: at, until: next });
    at = next;
  }
  return shifts;
};
