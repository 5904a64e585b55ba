import {
  type AlertRules,
  choosePolicy,
  defaultPolicy,
  isFor,
  listenerOf,
  type MaintenanceWindow,
  type Occurrence,
  type OnCall,
  occurrencesBetween,
  onCallAt,
  type PastChannel,
  type QuietHours,
} from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import type { Incident, World } from './world.ts';

/** Of one window in 30 days: an hourly one has 720. */
const mostOccurrences = 800;

/** What both sets of rules share is worked out once. */
export type Known = Readonly<{
  now: number;
  stillTime: StillTime;
  occurrences: (window: MaintenanceWindow) => readonly Occurrence[];
}>;

/** Works it out as it is asked for. */
export const knownOf = ({
  since,
  now,
  stillTime,
}: Readonly<{ since: number; now: number; stillTime: StillTime }>): Known => {
  const found = new Map<MaintenanceWindow, readonly Occurrence[]>();
  const occurrences = (window: MaintenanceWindow): readonly Occurrence[] => {
    stillTime();
    const known = found.get(window) ?? occurrencesBetween(window, since, now, mostOccurrences);
    found.set(window, known);
    return known;
  };
  return { now, stillTime, occurrences };
};

/** Equal quiet hours become one object, by which they are looked up. */
const sameQuiet = () => {
  const known = new Map<string, QuietHours>();
  return (quiet: QuietHours | null): QuietHours | null => {
    if (quiet === null) return null;
    const text = JSON.stringify(quiet);
    const one = known.get(text) ?? quiet;
    known.set(text, one);
    return one;
  };
};

/** For one incident, whose steps ask the same schedules at the same moments again and again. */
const onCallOf = ({ schedules }: World): OnCall => {
  const known = new Map<string, string | null>();
  return (id, at) => {
    const schedule = schedules.get(id);
    if (schedule === undefined) return null;
    const key = `${id} ${at}`;
    const who = known.has(key) ? (known.get(key) ?? null) : onCallAt(schedule, at);
    known.set(key, who);
    return who;
  };
};

/** Reads a world's rules once, and answers those of one incident. */
export const rulesOf = (
  world: World,
  known: Known,
): ((incident: Pick<Incident, 'monitor' | 'openedAt'>) => AlertRules) => {
  const one = sameQuiet();
  const channels = world.channels.map(
    ({ channelId, accountId, kind, ownQuiet, personQuiet }): PastChannel => ({
      ...{ channelId, accountId, kind, listener: listenerOf(kind), quiet: one(ownQuiet ?? personQuiet) },
    }),
  );
  const windows = world.windows.map((window) => ({
    ...{ appliesTo: window.appliesTo, occurrences: known.occurrences(window) },
  }));
  return ({ monitor, openedAt }) => ({
    policy: choosePolicy(world.policies, monitor) ?? defaultPolicy,
    channels,
    onCall: onCallOf(world),
    // What was over before it opened keeps nobody from hearing of it.
    maintenance: windows
      .filter(({ appliesTo }) => isFor(appliesTo, monitor))
      .flatMap(({ occurrences }) => occurrences.filter(({ until }) => until > openedAt)),
  });
};
