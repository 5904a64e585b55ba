import type { AlertPreview } from '@farwatch/contracts';
import type { AlertStory, ReplayedAlerts } from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import { knownOf, replayIn } from './rules.ts';
import type { World } from './world.ts';

const mostShown = 50;
type Outcome = AlertPreview['present'];

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, n) => all + n, 0);
const alertsOf = ({ alerts }: Pick<AlertStory, 'alerts'>): number => sum(alerts.values());

const outcomeOf = ({ channels }: World, told: ReplayedAlerts): Outcome => {
  const by = channels.map(({ channelId, name, kind }) => ({
    ...{ channelId, name, kind },
    alerts: told.alerts.get(channelId) ?? 0,
  }));
  return {
    told: [...told.stories.values()].filter(({ firstAt }) => firstAt !== null).length,
    ...{ alerts: alertsOf(told), messages: told.messages, isLeast: told.isLeast },
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

type Told = ReplayedAlerts['stories'];
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
  const least = ({ isLeast }: Outcome): string => (isLeast ? 'at least ' : '');
  const sent = `${least(wanted)}${count(wanted.alerts, 'alert')}`;
  return `${opened}: this would have sent ${sent}; the present rules come to ${least(present)}${present.alerts}.`;
};

/** What a replay can't know, in one sentence. */
const assumes =
  'What people did about these incidents, and which of them shared a cause, is taken as it was; today’s channels and parents stand for all days, and every message is taken to arrive at once.';

/** What two sets of rules come to for the same incidents. */
export const compare = async (
  present: World,
  wanted: World,
  { isCut, ...range }: Readonly<{ since: number; now: number; isCut: boolean; stillTime: StillTime }>,
): Promise<AlertPreview> => {
  const { since, now } = range;
  const known = knownOf(range);
  const is = await replayIn(present, known);
  const would = await replayIn(wanted, known);
  const outcomes = { present: outcomeOf(present, is), wanted: outcomeOf(wanted, would) };
  const incidents = present.incidents.length;
  const days = Math.ceil((now - since) / 86_400_000);
  return {
    ...{ from: iso(since), to: iso(now), incidents, isCut, areParentsCut: present.ancestors.isCut, ...outcomes },
    differing: differing(present, is.stories, would.stories),
    summary: summaryOf(days, incidents, outcomes.present, outcomes.wanted),
    assumes,
  };
};
