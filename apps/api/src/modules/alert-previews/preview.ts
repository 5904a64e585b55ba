import { setImmediate } from 'node:timers/promises';
import type { AlertPreview } from '@farwatch/contracts';
import { type AlertStory, replayAlerts } from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import { type Known, knownOf, rulesOf } from './rules.ts';
import type { World } from './world.ts';

const mostShown = 50;
export type Told = ReadonlyMap<string, AlertStory>;
type Outcome = AlertPreview['present'];

/** So long others may wait for the process. */
const breathMs = 20;

const replayed = async (world: World, known: Known): Promise<Told> => {
  const rules = rulesOf(world, known);
  const told = new Map<string, AlertStory>();
  let breathed = performance.now();
  for (const incident of world.incidents) {
    known.stillTime();
    told.set(incident.id, replayAlerts(incident, rules(incident), known.now));
    if (performance.now() - breathed < breathMs) continue;
    await setImmediate();
    breathed = performance.now();
  }
  return told;
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
export const compare = async (
  present: World,
  wanted: World,
  { isCut, ...range }: Readonly<{ since: number; now: number; isCut: boolean; stillTime: StillTime }>,
): Promise<AlertPreview> => {
  const { since, now } = range;
  const known = knownOf(range);
  const is = await replayed(present, known);
  const would = await replayed(wanted, known);
  const outcomes = { present: outcomeOf(present, is), wanted: outcomeOf(wanted, would) };
  const incidents = present.incidents.length;
  const days = Math.ceil((now - since) / 86_400_000);
  return {
    ...{ from: iso(since), to: iso(now), incidents, isCut, ...outcomes },
    differing: differing(present, is, would),
    summary: summaryOf(days, incidents, outcomes.present, outcomes.wanted),
  };
};
