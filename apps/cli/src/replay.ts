import type { ChangeView, IncidentView, MonitorView } from '@farwatch/contracts';
import {
  beginReplay,
  endReplay,
  policyOf,
  type Replay,
  type ReplayedIncident,
  type Reset,
  replayPart,
} from '@farwatch/domain';
import { type Api, openApi } from './api.ts';
import { differences } from './differences.ts';
import { logParts, type Read } from './log-parts.ts';
import { asOf, iso, plainIncident, plainSpan, storedIncidents, storedSpans } from './plain.ts';
import { parseReplay, type ReplayArguments, usage } from './replay-arguments.ts';

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

/** What was decided about the monitor, as the judgement reads it. */
const decidedIn = async (api: Api, read: Read) => {
  const changes = await changesSince(api, read);
  return {
    resets: changes.flatMap(({ kind, decidedAt }): Reset[] => {
      const at = Date.parse(decidedAt);
      return (kind === 'paused' || kind === 'resumed' || kind === 'changed') && at <= read.to ? [{ kind, at }] : [];
    }),
    changes: changes.flatMap(({ policyBefore: before, decidedAt }) =>
      before === null ? [] : [{ at: Date.parse(decidedAt), before: policyOf(before, before) }],
    ),
  };
};

/** Judges the log of a range; with `tried` settings all of it by those, else each look by the policy of its time. */
const judged = async (
  api: Api,
  monitor: MonitorView,
  read: Read,
  tried: ReplayArguments['settings'],
): Promise<Replay> => {
  const { changes, resets } = await decidedIn(api, read);
  const policy = policyOf({ ...monitor.policy, ...tried }, monitor);
  const decided = Object.keys(tried).length > 0 ? { resets } : { resets, changes };
  let now = beginReplay({ begins: Date.parse(monitor.createdAt) });
  for await (const { votes, to } of logParts(api, read))
    now = replayPart(now, { ...decided, votes }, policy, { to, until: Math.min(to, read.to) });
  return endReplay(now);
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
  const { incidents, spans } = await judged(api, monitor, { ...range, from: range.from - leadMs }, settings);
  const within = ({ startedAt }: Pick<ReplayedIncident, 'startedAt'>): boolean => startedAt >= range.from;
  const replayed = incidents.filter(within).map(plainIncident);
  for (const incident of replayed) process.stdout.write(`${JSON.stringify(incident)}\n`);
  if (!compare) return 0;
  const seen = spans.filter(within).map(plainSpan).map(asOf(to));
  const found = [
    ...differences(await storedIncidents(api, range), replayed),
    ...differences(await storedSpans(api, range), seen),
  ];
  for (const line of found) console.error(line);
  const told = `${say(replayed.length, 'incident')} and ${say(seen.length, 'span')}`;
  console.error(found.length === 0 ? `${told}, no difference` : `${told}, ${say(found.length, 'difference')}`);
  return found.length === 0 ? 0 : 1;
};
