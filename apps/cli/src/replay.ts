import type { ChangeView, CheckResultView, IncidentView, MonitorView } from '@farwatch/contracts';
import { policyOf, type ReplayedIncident, replay, voteOf } from '@farwatch/domain';
import { type Api, openApi } from './api.ts';
import { differences } from './differences.ts';
import { iso, overBy, plainIncident, plainSpan, resultOf, storedIncidents, storedSpans } from './plain.ts';
import { parseReplay, type ReplayArguments, usage } from './replay-arguments.ts';

type Read = Readonly<Pick<ReplayArguments, 'monitorId' | 'from' | 'to'>>;

/** What is decided about the monitor from a moment on, and up to now: what holds at the range's end is told by what was changed later. */
const changesSince = async (api: Api, { monitorId, from }: Read): Promise<readonly ChangeView[]> => {
  const changes: ChangeView[] = [];
  for (let cursor = ''; ; ) {
    const path = `/v1/monitors/${monitorId}/changes?from=${iso(from)}&limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const page = await api.get<{ items: readonly ChangeView[]; next: string | null }>(path);
    changes.push(...page.items);
    if (page.next === null) return changes;
    cursor = encodeURIComponent(page.next);
  }
};

/** The log as the judgement reads it. Of each look its vote is kept and nothing else. */
const logOf = async (api: Api, read: Read) => {
  const changes = await changesSince(api, read);
  const votes = [];
  const path = `/v1/monitors/${read.monitorId}/results?from=${iso(read.from)}&to=${iso(read.to)}`;
  for await (const view of api.rows<CheckResultView>(path)) {
    const vote = voteOf(resultOf(view));
    if (vote !== null) votes.push(vote);
  }
  return {
    votes,
    resets: changes.flatMap(({ kind, decidedAt }) => {
      const at = Date.parse(decidedAt);
      return (kind === 'paused' || kind === 'resumed' || kind === 'changed') && at <= read.to ? [{ kind, at }] : [];
    }),
    changes: changes.flatMap(({ policyBefore: before, decidedAt }) =>
      before === null ? [] : [{ at: Date.parse(decidedAt), before: policyOf(before, before) }],
    ),
  };
};

/** What is read before the range so that the regions are known by its beginning. */
const leadMs = 600_000;

/** The range's beginning, or that of the incident that was under way then. */
const beginningOf = async (api: Api, { monitorId, from }: Read): Promise<number> => {
  const path = `/v1/incidents?monitorId=${monitorId}&to=${iso(from)}&limit=100`;
  const { items } = await api.get<{ items: readonly IncidentView[] }>(path);
  const last = items.find(({ endReason }) => endReason !== 'withdrawn');
  const underWay = last !== undefined && (last.resolvedAt === null || Date.parse(last.resolvedAt) > from);
  return underWay ? Date.parse(last.startedAt) : from;
};

const say = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/**
 * Judges a monitor's stored log again, each look by the policy of its time, or all of them by the one that is tried. Answers
 * the exit code: 0, or 1 when the stored incidents or spans differ. An incident under way at `from` is judged from its
 * stored beginning; what began before that is left out.
 */
export const runReplay = async (args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> => {
  const wanted = parseReplay(args, env, Date.now());
  if (wanted === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const { monitorId, to, settings, compare } = wanted;
  const api = openApi(wanted.url, wanted.key);
  const monitor = await api.get<MonitorView>(`/v1/monitors/${encodeURIComponent(monitorId)}`);
  const range = { monitorId, to, from: await beginningOf(api, wanted) };
  const { changes, ...read } = await logOf(api, { ...range, from: range.from - leadMs });
  const log = { ...read, begins: Date.parse(monitor.createdAt) };
  const policy = policyOf({ ...monitor.policy, ...settings }, monitor);
  const tried = Object.keys(settings).length > 0;
  const { incidents, spans } = replay(tried ? log : { ...log, changes }, policy, to);
  const within = ({ startedAt }: Pick<ReplayedIncident, 'startedAt'>): boolean => startedAt >= range.from;
  const replayed = incidents.filter(within).map(plainIncident);
  for (const incident of replayed) process.stdout.write(`${JSON.stringify(incident)}\n`);
  if (!compare) return 0;
  const seen = spans.filter(within).map(plainSpan).filter(overBy(to));
  const found = [
    ...differences(await storedIncidents(api, range), replayed),
    ...differences(await storedSpans(api, range), seen),
  ];
  for (const line of found) console.error(line);
  const told = `${say(replayed.length, 'incident')} and ${say(seen.length, 'span')}`;
  console.error(found.length === 0 ? `${told}, no difference` : `${told}, ${say(found.length, 'difference')}`);
  return found.length === 0 ? 0 : 1;
};
