import type { IncidentView } from '@farwatch/contracts';
import { failingNeeded, policyOf, replay, votesIn } from '@farwatch/domain';
import { type Findings, type History, time, type Watched } from './history.ts';
import type { Outage } from './sites.ts';

/** Clocks of one machine, and a look that was on its way when its site changed. */
const slackMs = 250;

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const momentOf = (text: string | null): number | null => (text === null ? null : Date.parse(text));
const endOf = ({ to }: Outage): number => to ?? Number.POSITIVE_INFINITY;
const words = ({ startedAt, resolvedAt }: IncidentView, site: string): string =>
  `${site}, ${startedAt.slice(11, 23)} to ${resolvedAt?.slice(11, 23) ?? 'now'}`;

/** What the log alone comes to: the same, byte for byte but for ids. */
const differencesFromLog = (history: History, { site, monitor }: Watched, incidents: readonly IncidentView[]) => {
  const policy = policyOf(monitor.policy, monitor);
  const votes = votesIn(history.results.filter(({ monitorId }) => monitorId === monitor.id));
  const again = replay({ votes, resets: [] }, policy, Date.parse(iso(history.until) ?? '')).incidents.map((one) =>
    JSON.stringify([iso(one.startedAt), iso(one.resolvedAt), one.endReason, one.cause, one.regions]),
  );
  const stored = incidents.map((one) =>
    JSON.stringify([one.startedAt, one.resolvedAt, one.endReason, one.cause, one.regions]),
  );
  return [
    ...stored.filter((line) => !again.includes(line)).map((line) => `${site}: not in the log: ${line}`),
    ...again.filter((line) => !stored.includes(line)).map((line) => `${site}: only in the log: ${line}`),
  ];
};

const overlap = (incident: IncidentView, outage: Outage): boolean =>
  Date.parse(incident.startedAt) <= endOf(outage) + slackMs &&
  (momentOf(incident.resolvedAt) ?? Number.POSITIVE_INFINITY) >= outage.from - slackMs;

const notWithin = (at: number, least: string | null, most: string | null): boolean =>
  (least !== null && at < Date.parse(least) - slackMs) || (most !== null && at > Date.parse(most) + slackMs);

/** An incident is one outage, and that began and ended where the incident says that it did. */
const untrue = (incident: IncidentView, outages: readonly Outage[], site: string): readonly string[] => {
  const [outage, ...more] = outages.filter((one) => overlap(incident, one));
  if (outage === undefined) return [`phantom: ${words(incident, site)}`];
  if (more.length > 0) return [`one incident for ${more.length + 1} outages: ${words(incident, site)}`];
  const { lastGoodAt, firstBadAt, lastBadAt, firstGoodAt } = incident.bounds;
  return [
    ...(notWithin(outage.from, lastGoodAt, firstBadAt)
      ? [`its true start, ${time(outage.from)}, lies outside its bounds: ${words(incident, site)}`]
      : []),
    ...(outage.to !== null && incident.resolvedAt !== null && notWithin(outage.to, lastBadAt, firstGoodAt)
      ? [`its true clear, ${time(outage.to)}, lies outside its bounds: ${words(incident, site)}`]
      : []),
  ];
};

/** Whether so many regions saw it that there has to be an incident. */
const wasSeen = (outage: Outage, { monitor }: Watched, { results }: History): boolean => {
  const during = results.filter(
    ({ monitorId, startedAt, outcome }) =>
      monitorId === monitor.id &&
      outcome.verdict === 'down' &&
      startedAt >= outage.from - slackMs &&
      startedAt <= endOf(outage) + slackMs,
  );
  const seen = new Set(during.map(({ region }) => region)).size;
  return seen >= failingNeeded(monitor.policy.agree, monitor.regions.length);
};
/** Long enough for every region to look twice: it was seen, whatever was killed. */
const isLong = (outage: Outage, { monitor }: Watched): boolean =>
  endOf(outage) - outage.from > 2 * monitor.intervalMs + monitor.timeoutMs;

const missed = (history: History, watched: Watched, incidents: readonly IncidentView[]): readonly string[] =>
  history.outages
    .filter((outage) => outage.site === watched.site && (wasSeen(outage, watched, history) || isLong(outage, watched)))
    .filter((outage) => !incidents.some((incident) => overlap(incident, outage)))
    .map(
      ({ site, from, to }) => `no incident for ${site}, down from ${time(from)} to ${to === null ? 'now' : time(to)}`,
    );

const doubled = (incidents: readonly IncidentView[], outages: readonly Outage[], site: string): readonly string[] =>
  outages
    .map((outage) => ({ outage, count: incidents.filter((incident) => overlap(incident, outage)).length }))
    .filter(({ count }) => count > 1)
    .map(({ outage, count }) => `${count} incidents for one outage: ${site} from ${time(outage.from)}`);

/** The incidents are the outages, each once, and what the log comes to. */
export const incidentFaults = (history: History): Findings => {
  const real = history.incidents.filter(({ endReason }) => endReason !== 'withdrawn');
  const faults = history.watched.flatMap((watched) => {
    const { site, monitor } = watched;
    const incidents = real.filter(({ monitorId }) => monitorId === monitor.id);
    const outages = history.outages.filter((outage) => outage.site === site);
    return [
      ...differencesFromLog(history, watched, incidents),
      ...incidents.flatMap((incident) => untrue(incident, outages, site)),
      ...missed(history, watched, incidents),
      ...doubled(incidents, outages, site),
      ...incidents.filter(({ status }) => status === 'open').map((one) => `never resolved: ${words(one, site)}`),
    ];
  });
  return {
    counts: {
      'outages of sites': history.outages.length,
      'incidents of sites': real.length,
      '  and withdrawn, when looks came late': history.incidents.length - real.length,
    },
    faults,
  };
};
