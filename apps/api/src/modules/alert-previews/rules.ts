import { setImmediate } from 'node:timers/promises';
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
  type PastWorld,
  type QuietHours,
  type ReplayedAlerts,
  replayingAlerts,
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

/** The channels as a replay looks at them; the own quiet hours go first. */
const channelsOf = ({ channels }: World): readonly PastChannel[] => {
  const one = sameQuiet();
  return channels.map(({ channelId, accountId, kind, ownQuiet, personQuiet }) => ({
    ...{ channelId, accountId, kind, listener: listenerOf(kind), quiet: one(ownQuiet ?? personQuiet) },
  }));
};

/** Reads a world's rules once, and answers those of one incident. */
const rulesOf = (world: World, known: Known): ((incident: Pick<Incident, 'monitor' | 'openedAt'>) => AlertRules) => {
  const windows = world.windows.map((window) => ({
    appliesTo: window.appliesTo,
    occurrences: known.occurrences(window).map((one) => ({ windowId: window.id, ...one })),
  }));
  return ({ monitor, openedAt }) => ({
    policy: choosePolicy(world.policies, monitor) ?? defaultPolicy,
    onCall: onCallOf(world),
    // What was over before it opened keeps nobody from hearing of it.
    maintenance: windows
      .filter(({ appliesTo }) => isFor(appliesTo, monitor))
      .flatMap(({ occurrences }) => occurrences.filter(({ until }) => until > openedAt)),
  });
};

/** So long others may wait for the process. */
const breathMs = 20;

/** Replays incidents of a world by its rules; others have their turn between. */
export const replayIn = async (
  world: World,
  known: Known,
  incidents: readonly Incident[] = world.incidents,
): Promise<ReplayedAlerts> => {
  const rules = rulesOf(world, known);
  const found = new Map(incidents.map((incident) => [incident.id, incident.monitor]));
  const past: PastWorld = {
    ...{ incidents, channels: channelsOf(world) },
    ancestorsOf: (monitorId) => world.ancestors.above.get(monitorId) ?? [],
    rulesOf: ({ id, monitorId, openedAt }) => {
      known.stillTime();
      return rules({ openedAt, monitor: found.get(id) ?? { id: monitorId, name: '', tags: [], policyId: null } });
    },
  };
  const replaying = replayingAlerts(past, known.now);
  let breathed = performance.now();
  for (let step = replaying.next(); ; step = replaying.next()) {
    if (step.done === true) return step.value;
    known.stillTime();
    if (performance.now() - breathed < breathMs) continue;
    await setImmediate();
    breathed = performance.now();
  }
};
