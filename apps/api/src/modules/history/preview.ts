import type { PolicyPreview } from '@farwatch/contracts';
import {
  failureCode,
  type Policy,
  type ReplayedIncident,
  type Reset,
  replay,
  type Stretch,
  union,
  type Vote,
  votesIn,
} from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import type { Sql } from '../../db.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { alertsSentBy, type Opened, type Sent } from './sent.ts';
import type { SpanRecordRow } from './store.ts';

export type PreviewDeps = Pick<ModuleDeps, 'results' | 'history' | 'windows'>;

export const previewDays = 30;
/** More failures, or looks about them, than this are not replayed: what is older is left out, and the answer says so. */
const mostSpans = 5_000;
const mostLooks = 20_000;
const mostShown = 100;
const page = 1_000;

/** How incidents open, and how they are told. */
type Settings = Readonly<{ policy: Policy; tags: readonly string[]; policyId: string | null; alertAfterMs: number }>;

export type Previewed = Readonly<{
  id: string;
  organisationId: string;
  name: string;
  createdAt: Date;
  present: Settings;
  wanted: Settings;
  /** Throws once the read has taken too long. */
  stillTime: StillTime;
}>;

/** The stretches in which anything could be decided, newest first: calm is calm, whatever the policy. */
const restless = (spans: readonly SpanRecordRow[], range: Stretch, { intervalMs, timeoutMs }: Policy) => {
  const reach = 2 * intervalMs + timeoutMs + 60_000;
  const around = spans.map(({ startedAt, endedAt }) => ({
    from: startedAt.getTime() - reach,
    until: (endedAt?.getTime() ?? range.until) + reach,
  }));
  return union(around, range).toReversed();
};

type Log = Readonly<{ votes: readonly Vote[]; from: number }>;

/** The looks of these stretches; `from`: what is older had no room. */
const looksIn = async (
  { results }: PreviewDeps,
  sql: Sql,
  { id: monitorId, stillTime }: Pick<Previewed, 'id' | 'stillTime'>,
  parts: readonly Stretch[],
  from: number,
): Promise<Log> => {
  const all = { verdicts: null, statuses: null, regions: null };
  const votes: Vote[] = [];
  for (const part of parts) {
    for (let to = part.until; to > part.from; ) {
      if (votes.length >= mostLooks) return { votes, from: to };
      const rows = await results.list(
        sql,
        { monitorId, from: part.from, to, ...all },
        { position: null, rows: page },
        stillTime,
      );
      votes.push(...votesIn(rows.map(({ result }) => result)));
      const last = rows.at(-1);
      if (rows.length < page || last === undefined) break;
      to = last.result.scheduledAt; // those of the same moment in other regions are read again, and are the same
    }
  }
  return { votes, from };
};

/** The same look read twice is one. */
const once = (votes: readonly Vote[]): readonly Vote[] => [
  ...new Map(votes.map((vote) => [`${vote.at} ${vote.region}`, vote])).values(),
];

/** By a policy of other regions only their looks count; a region that has not looked yet has no part. */
const heardBy = <L extends Readonly<{ votes: readonly Vote[] }>>(log: L, policy: Policy): [L, Policy] => {
  const seen = new Set(log.votes.map(({ region }) => region));
  const regions = policy.regions.filter((region) => seen.has(region));
  const votes = log.votes.filter(({ region }) => policy.regions.includes(region));
  return [{ ...log, votes }, regions.length === 0 ? policy : { ...policy, regions }];
};

const isReset = (kind: string): kind is Reset['kind'] => kind === 'paused' || kind === 'resumed' || kind === 'changed';

/** Each with the moment at which its opening was decided (epoch ms): from there its telling goes. */
const openedIn = (log: Parameters<typeof replay>[0], policy: Policy, now: number): readonly Opened[] => {
  const { incidents, decisions } = replay(...heardBy(log, policy), now);
  const opened = new Map(decisions.flatMap(({ kind, at, decidedAt }) => (kind === 'opened' ? [[at, decidedAt]] : [])));
  return incidents.map((one) => ({ ...one, openedAt: opened.get(one.startedAt) ?? one.startedAt }));
};

const outcome = (incidents: readonly ReplayedIncident[], alertAfterMs: number, until: number, sent: Sent) => {
  const lengthOf = ({ startedAt, resolvedAt }: ReplayedIncident): number => (resolvedAt ?? until) - startedAt;
  return {
    incidents: incidents.length,
    alerts: incidents.filter((one) => lengthOf(one) >= alertAfterMs).length,
    ...sent,
    downMs: incidents.reduce((sum, one) => sum + lengthOf(one), 0),
  };
};

/** What a replay can't know, in one sentence. */
const assumes =
  'Alerts are counted as if nobody had acknowledged or snoozed them and every message had arrived; what other monitors tell at the same time is left out, and so are regions that have not looked yet.';

const iso = (at: number): string => new Date(at).toISOString();
const times = (n: number): string => (n === 1 ? '1 incident' : `${n} incidents`);

/**
 * What a policy would have come to in the last 30 days, and what the present one comes to, by replaying the log about
 * every failure: once all is read, it is reckoned without the connection. Read-only; `now` is epoch ms.
 */
export const previewPolicy = async (
  deps: PreviewDeps,
  sql: Sql,
  monitor: Previewed,
  now: number,
): Promise<() => Promise<PolicyPreview>> => {
  const { id, organisationId, name, present, wanted, stillTime } = monitor;
  const range = { from: now - previewDays * 86_400_000, until: now };
  const filter = { organisationId, monitorId: id, codes: null, regions: null, from: range.from, to: range.until };
  const spans = await deps.history.listSpans(sql, filter, { position: null, rows: mostSpans });
  const first = spans.length < mostSpans ? range.from : (spans.at(-1)?.startedAt.getTime() ?? range.from);
  const parts = restless(spans, { from: first, until: now }, present.policy);
  const { votes, from } = await looksIn(deps, sql, monitor, parts, first);
  const changes = await deps.history.listChanges(sql, id, { from, to: now }, { position: null, rows: page });
  const resets = changes.flatMap(({ kind, decidedAt }) => (isReset(kind) ? [{ kind, at: decidedAt.getTime() }] : []));
  const log = { votes: once(votes), resets, begins: monitor.createdAt.getTime() };
  const sent = await alertsSentBy(deps, sql, { organisationId, since: from, now, stillTime });
  const outcomeOf = async ({ policy, alertAfterMs, ...told }: Settings, incidents: readonly Opened[]) => {
    const { intervalMs, timeoutMs } = policy;
    const alerts = await sent({ monitor: { id, name, ...told }, alertAfterMs, intervalMs, timeoutMs }, incidents);
    return outcome(incidents, alertAfterMs, now, alerts);
  };
  return async () => {
    const is = openedIn(log, present.policy, now);
    const would = openedIn(log, wanted.policy, now);
    return {
      ...{ from: iso(from), to: iso(now) },
      present: await outcomeOf(present, is),
      wanted: await outcomeOf(wanted, would),
      incidents: would.slice(-mostShown).map(({ startedAt, resolvedAt, cause, regions }) => ({
        ...{ startedAt: iso(startedAt), resolvedAt: resolvedAt === null ? null : iso(resolvedAt) },
        ...{ code: failureCode(cause), regions: [...regions] },
      })),
      summary: `In the last ${Math.ceil((now - from) / 86_400_000)} days this would have opened ${times(would.length)}; the present policy opens ${is.length}.`,
      assumes,
    };
  };
};
