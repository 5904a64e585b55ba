import type { ChangeView, CheckResultView, IncidentView, MonitorView } from '@farwatch/contracts';
import { type CheckResult, policyOf, type ReplayedIncident, type Reset, replay, votesIn } from '@farwatch/domain';
import { type Api, openApi } from './api.ts';
import { differences, type PlainIncident } from './differences.ts';
import { parseReplay, type ReplayArguments } from './replay-arguments.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** A line of the log as the judgement reads it. */
const resultOf = (view: CheckResultView): CheckResult => ({
  ...view,
  scheduledAt: Date.parse(view.scheduledAt),
  startedAt: Date.parse(view.startedAt),
});

const resetsIn = async (api: Api, { monitorId, from, to }: ReplayArguments): Promise<readonly Reset[]> => {
  const resets: Reset[] = [];
  const range = `from=${iso(from)}&to=${iso(to)}&limit=100`;
  for (let cursor = ''; ; ) {
    const path = `/v1/monitors/${monitorId}/changes?${range}${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const page = await api.get<{ items: readonly ChangeView[]; next: string | null }>(path);
    for (const { kind, decidedAt } of page.items)
      if (kind === 'paused' || kind === 'resumed' || kind === 'changed')
        resets.push({ kind, at: Date.parse(decidedAt) });
    if (page.next === null) return resets;
    cursor = encodeURIComponent(page.next);
  }
};

const plainOf = ({ startedAt, resolvedAt, endReason, cause, regions }: ReplayedIncident): PlainIncident => ({
  ...{ startedAt: iso(startedAt), resolvedAt: resolvedAt === null ? null : iso(resolvedAt) },
  ...{ endReason, cause, regions },
});

/** The stored incidents that the log of the range can tell of: those that began in it and were not taken back. */
const storedIn = async (api: Api, { monitorId, from, to }: ReplayArguments): Promise<readonly PlainIncident[]> => {
  const rows = await api.rows<IncidentView>(`/v1/incidents?monitorId=${monitorId}&from=${iso(from)}&to=${iso(to)}`);
  return rows
    .filter(({ endReason }) => endReason !== 'withdrawn')
    .map(({ startedAt, resolvedAt, endReason, cause, regions }) => ({
      startedAt,
      resolvedAt,
      endReason,
      cause,
      regions,
    }))
    .toReversed();
};

/** What is read before the range so that the regions are known by its beginning. */
const leadMs = 600_000;

/** The range's beginning, or that of the incident that was under way then. */
const beginningOf = async (api: Api, { monitorId, from }: ReplayArguments): Promise<number> => {
  const path = `/v1/incidents?monitorId=${monitorId}&to=${iso(from)}&limit=100`;
  const { items } = await api.get<{ items: readonly IncidentView[] }>(path);
  const last = items.find(({ endReason }) => endReason !== 'withdrawn');
  const underWay = last !== undefined && (last.resolvedAt === null || Date.parse(last.resolvedAt) > from);
  return underWay ? Date.parse(last.startedAt) : from;
};

/**
 * Judges a monitor's stored log again. Answers the exit code: 0, or 1 when the stored incidents differ. An incident under
 * way at `from` is judged from its stored beginning; what began before that is left out.
 */
export const runReplay = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  const wanted = parseReplay(args, env, Date.now());
  const { monitorId, to, settings, compare } = wanted;
  const api = openApi(wanted.url, wanted.key);
  const monitor = await api.get<MonitorView>(`/v1/monitors/${encodeURIComponent(monitorId)}`);
  const range = { ...wanted, from: await beginningOf(api, wanted) };
  const read = { ...range, from: range.from - leadMs };
  const log = await api.rows<CheckResultView>(`/v1/monitors/${monitorId}/results?from=${iso(read.from)}&to=${iso(to)}`);
  const policy = policyOf({ ...monitor.policy, ...settings }, monitor);
  const votes = votesIn(log.map(resultOf));
  const { incidents } = replay({ votes, resets: await resetsIn(api, read) }, policy, to);
  const replayed = incidents.filter(({ startedAt }) => startedAt >= range.from).map(plainOf);
  for (const incident of replayed) process.stdout.write(`${JSON.stringify(incident)}\n`);
  if (!compare) return 0;
  const found = differences(await storedIn(api, range), replayed);
  for (const line of found) console.error(line);
  console.error(found.length === 0 ? `${replayed.length} incidents, no difference` : `${found.length} differences`);
  return found.length === 0 ? 0 : 1;
};
