import type { AlertPreview } from '@farwatch/contracts';
import {
  type AlertRules,
  type AlertStory,
  choosePolicy,
  defaultPolicy,
  isFor,
  listenerOf,
  occurrencesBetween,
  type PastChannel,
  replayAlerts,
} from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import type { Incident, World } from './world.ts';

const mostShown = 50;
/** Of one window in 30 days: an hourly one has 720. */
const mostOccurrences = 800;

export type Told = ReadonlyMap<string, AlertStory>;
type Outcome = AlertPreview['present'];

/** Reads a world's rules once, and answers those of one incident. */
const rulesOf = (world: World, since: number, now: number): ((incident: Incident) => AlertRules) => {
  const channels = world.channels.map(
    ({ channelId, accountId, kind, ownQuiet, personQuiet }): PastChannel => ({
      ...{ channelId, accountId, kind, listener: listenerOf(kind), quiet: ownQuiet ?? personQuiet },
    }),
  );
  const windows = world.windows.map((window) => ({
    ...{ appliesTo: window.appliesTo, occurrences: occurrencesBetween(window, since, now, mostOccurrences) },
  }));
  return ({ monitor }) => ({
    policy: choosePolicy(world.policies, monitor) ?? defaultPolicy,
    channels,
    scheduleById: (id) => world.schedules.get(id) ?? null,
    maintenance: windows.filter(({ appliesTo }) => isFor(appliesTo, monitor)).flatMap(({ occurrences }) => occurrences),
  });
};

const replayed = (world: World, since: number, now: number, stillTime: StillTime): Told => {
  const rules = rulesOf(world, since, now);
  return new Map(
    world.incidents.map((incident) => {
      stillTime();
      return [incident.id, replayAlerts(incident, rules(incident), now)];
    }),
  );
};

const alertsOf = ({ alerts }: AlertStory): number => [...alerts.values()].reduce((sum, n) => sum + n, 0);

const outcomeOf = ({ channels }: World, told: Told): Outcome => {
  const stories = [...told.values()];
  const by = channels.map(({ channelId, name, kind }) => ({
    ...{ channelId, name, kind },
    alerts: stories.reduce((sum, { alerts }) => sum + (alerts.get(channelId) ?? 0), 0),
  }));
  return {
    told: stories.filter(({ firstAt }) => firstAt !== null).length,
    alerts: stories.reduce((sum, story) => sum + alertsOf(story), 0),
    messages: stories.reduce((sum, { messages }) => sum + messages, 0),
    channels: by
      .filter(({ alerts }) => alerts > 0)
      .toSorted((a, b) => b.alerts - a.alerts)
      .slice(0, mostShown),
  };
};

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
const toldView = (story: AlertStory) => ({
  ...{ firstAt: isoOrNull(story.firstAt), alerts: alertsOf(story), because: story.because },
});

const isSame = (a: AlertStory, b: AlertStory): boolean =>
  a.firstAt === b.firstAt &&
  a.messages === b.messages &&
  a.because === b.because &&
  a.alerts.size === b.alerts.size &&
  [...a.alerts].every(([channelId, n]) => b.alerts.get(channelId) === n);

const differing = ({ incidents }: World, present: Told, wanted: Told): AlertPreview['differing'] =>
  incidents
    .flatMap((incident) => {
      const [is, would] = [present.get(incident.id), wanted.get(incident.id)];
      if (is === undefined || would === undefined || isSame(is, would)) return [];
      const { id, monitor, severity, openedAt, resolvedAt } = incident;
      return [
        {
          ...{ incidentId: id, monitorId: monitor.id, monitorName: monitor.name, severity },
          ...{ openedAt: iso(openedAt), resolvedAt: isoOrNull(resolvedAt) },
          ...{ present: toldView(is), wanted: toldView(would) },
        },
      ];
    })
    .slice(0, mostShown);

const count = (n: number, one: string): string => (n === 1 ? `1 ${one}` : `${n} ${one}s`);
const summaryOf = (days: number, incidents: number, present: Outcome, wanted: Outcome): string => {
  const opened = `In the last ${count(days, 'day')} ${count(incidents, 'incident')} opened`;
  if (incidents === 0) return `${opened}: there is nothing to tell, whatever the rules.`;
  return `${opened}: this would have sent ${count(wanted.alerts, 'alert')}; the present rules come to ${present.alerts}.`;
};

/** What two sets of rules come to for the same incidents. */
export const compare = (
  present: World,
  wanted: World,
  { since, now, isCut, stillTime }: Readonly<{ since: number; now: number; isCut: boolean; stillTime: StillTime }>,
): AlertPreview => {
  const is = replayed(present, since, now, stillTime);
  const would = replayed(wanted, since, now, stillTime);
  const outcomes = { present: outcomeOf(present, is), wanted: outcomeOf(wanted, would) };
  const incidents = present.incidents.length;
  const days = Math.ceil((now - since) / 86_400_000);
  return {
    ...{ from: iso(since), to: iso(now), incidents, isCut, ...outcomes },
    differing: differing(present, is, would),
    summary: summaryOf(days, incidents, outcomes.present, outcomes.wanted),
  };
};
