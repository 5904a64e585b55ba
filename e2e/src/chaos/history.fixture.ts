import type { IncidentView, MonitorView } from '@farwatch/contracts';
import { type CheckResult, phaseOf, policyOf, replay, slotsBetween, votesIn } from '@farwatch/domain';
import type { Call, History } from './history.ts';
import type { Answer, Outage } from './sites.ts';

const regions = ['fra', 'iad', 'sin'];
const intervalMs = 10_000;
const begin = Date.parse('2026-11-27T12:00:00Z');
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Only what the checkers read of a monitor. */
const monitorOf = (id: string): MonitorView => {
  const policy = { agree: 'majority', failuresToOpen: null, successesToResolve: null, degradedAfter: 3, graceMs: 0 };
  return { id, regions, intervalMs, timeoutMs: 3_000, policy } as unknown as MonitorView; // the rest is not read
};

const look = (monitorId: string, region: string, at: number, status: number): CheckResult => ({
  ...{ monitorId, region, family: 'any', trigger: 'schedule', scheduledAt: at, startedAt: at, totalMs: 40 },
  outcome: status === 200 ? { verdict: 'up' } : { verdict: 'down', failure: { kind: 'status', status } },
  ...{ status, bytes: 2, remoteAddress: '127.0.1.1' },
  phases: { dnsMs: null, connectMs: 1, tlsMs: null, firstByteMs: 30, downloadMs: 1 },
});

const incidentsOf = (monitor: MonitorView, results: readonly CheckResult[], until: number): readonly IncidentView[] =>
  replay({ votes: votesIn(results), resets: [] }, policyOf(monitor.policy, monitor), until).incidents.map((one, n) => {
    const bounds = { lastGoodAt: iso(one.startedAt - intervalMs), firstBadAt: iso(one.startedAt + 40) };
    const clear = one.resolvedAt === null ? null : one.resolvedAt;
    const ends = { lastBadAt: iso(clear === null ? null : clear - intervalMs), firstGoodAt: iso(clear && clear + 40) };
    const { startedAt, resolvedAt, endReason, cause } = one;
    return {
      ...{ id: `${monitor.id}-${n}`, monitorId: monitor.id, status: resolvedAt === null ? 'open' : 'resolved' },
      ...{ startedAt: iso(startedAt), resolvedAt: iso(resolvedAt), endReason, cause, regions: one.regions },
      bounds: { ...bounds, ...ends },
    } as unknown as IncidentView; // the rest is not read
  });

const callsOf = ({ id, startedAt, resolvedAt }: IncidentView): readonly Call[] => [
  { at: Date.parse(startedAt) + 500, identity: `${id}.a`, type: 'incident.opened', incidentId: id },
  ...(resolvedAt === null
    ? []
    : [{ at: Date.parse(resolvedAt) + 500, identity: `${id}.b`, type: 'incident.resolved', incidentId: id }]),
];

/** Ten sound minutes of two sites, each down for a while: what the checkers must find nothing wrong with. */
export const soundHistory = (): History => {
  const from = begin;
  const until = begin + 600_000;
  const outages: Outage[] = [
    { site: '127.0.1.1', status: 502, from: begin + 60_000, to: begin + 100_000 },
    { site: '127.0.1.2', status: 504, from: begin + 300_000, to: begin + 390_000 },
  ];
  const watched = outages.map(({ site }, n) => ({ site, monitor: monitorOf(`monitor-${n}`) }));
  const answers: Answer[] = [];
  const results: CheckResult[] = [];
  for (const { site, monitor } of watched)
    for (const region of regions)
      for (const at of slotsBetween(phaseOf({ ...monitor, monitorId: monitor.id }, region), intervalMs, from, until)) {
        const isDown = (one: Outage): boolean => one.site === site && at >= one.from && at < (one.to ?? 0);
        const status = outages.find(isDown)?.status ?? 200;
        answers.push({ site, region, at: at + 2, answeredAt: at + 35, status });
        results.push(look(monitor.id, region, at, status));
      }
  const incidents = watched.flatMap(({ monitor }) =>
    incidentsOf(
      monitor,
      results.filter(({ monitorId }) => monitorId === monitor.id),
      until,
    ),
  );
  const calls = incidents.flatMap(callsOf);
  return { from, until, watched, results, incidents, answers, outages, calls, kills: [], killCount: 1 };
};
