import type { Call, Findings, History } from './history.ts';

const opened = 'incident.opened';
const resolved = 'incident.resolved';

const firstOf = (calls: readonly Call[], type: string): number =>
  Math.min(...calls.filter((call) => call.type === type).map(({ at }) => at));
const idsOf = (calls: readonly Call[], type: string): number =>
  new Set(calls.filter((call) => call.type === type).map(({ identity }) => identity)).size;

const faultsOf = (incidentId: string, resolvedAt: string | null, isReal: boolean, calls: readonly Call[]) => {
  const [begins, ends] = [idsOf(calls, opened), idsOf(calls, resolved)];
  return [
    ...(begins > 1 || ends > 1 ? [`told more than once: ${incidentId}`] : []),
    ...(isReal && begins === 0 ? [`never told: ${incidentId}`] : []),
    ...(begins > 0 && ends === 0 && resolvedAt !== null ? [`its end was never told: ${incidentId}`] : []),
    ...(ends > 0 && resolvedAt === null ? [`told to be over and is not: ${incidentId}`] : []),
    ...(ends > 0 && firstOf(calls, resolved) < firstOf(calls, opened) ? [`its end was told first: ${incidentId}`] : []),
  ];
};

/** The webhook heard of each incident's start and end, once and in this order; the same message may come again under its id. */
export const alertFaults = ({ incidents, calls }: History): Findings => {
  const known = new Set(incidents.map(({ id }) => id));
  const byIncident = Map.groupBy(calls, ({ incidentId }) => incidentId);
  const repeats = calls.length - new Set(calls.map(({ identity }) => identity)).size;
  return {
    counts: { 'messages about them': calls.length, '  repeated under the same id': repeats },
    faults: [
      ...incidents.flatMap(({ id, resolvedAt, endReason }) =>
        faultsOf(id, resolvedAt, endReason !== 'withdrawn', byIncident.get(id) ?? []),
      ),
      ...calls
        .filter(({ incidentId }) => !known.has(incidentId))
        .map(({ type, incidentId }) => `${type} of an incident that is none: ${incidentId}`),
    ],
  };
};
