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
import { alertsSentBy } from './sent.ts';
import type { SpanRecordRow } from './store.ts';

export type PreviewDeps = Pick<ModuleDeps, 'results' | 'history' | 'windows'>;

export const previewDays = 30;
/** More failures, or looks about them, than this are not replayed: what is older is left out, and the answer says so. */
const mostSpans = 5_000;
const mostLooks = 20_000;
const mostShown = 100;
const page = 1_000;

export type Previewed = Readonly<{
  id: string;
  organisationId: string;
  alertAfterMs: number;
  name: string;
  tags: readonly string[];
  policyId: string | null;
  createdAt: Date;
  present: Policy;
  wanted: Policy;
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

const isReset = (kind: string): kind is Reset['kind'] => kind === 'paused' || kind === 'resumed' || kind === 'changed';

type Sent = (incidents: readonly ReplayedIncident[]) => number;
const outcome = (incidents: readonly ReplayedIncident[], alertAfterMs: number, until: number, sent: Sent) => {
  const lengthOf = ({ startedAt, resolvedAt }: ReplayedIncident): number => (resolvedAt ?? until) - startedAt;
  return {
    incidents: incidents.length,
    alerts: incidents.filter((one) => lengthOf(one) >= alertAfterMs).length,
    sent: sent(incidents),
    downMs: incidents.reduce((sum, one) => sum + lengthOf(one), 0),
  };
};

const iso = (at: number): string => new Date(at).toISOString();
const times = (n: number): string => (n === 1 ? '1 incident' : `${n} incidents`);

/**
 * What a policy would have come to in the last 30 days, and what the present one comes to, by replaying the log about
 * every failure. Read-only; `now` is epoch ms.
 */
export const previewPolicy = async (
  deps: PreviewDeps,
  sql: Sql,
  monitor: Previewed,
  now: number,
): Promise<PolicyPreview> => {
  const { id, organisationId, alertAfterMs, present, wanted } = monitor;
  const range = { from: now - previewDays * 86_400_000, until: now };
  const filter = { organisationId, monitorId: id, codes: null, regions: null, from: range.from, to: range.until };
  const spans = await deps.history.listSpans(sql, filter, { position: null, rows: mostSpans });
  const first = spans.length < mostSpans ? range.from : (spans.at(-1)?.startedAt.getTime() ?? range.from);
  const parts = restless(spans, { from: first, until: now }, present);
  const { votes, from } = await looksIn(deps, sql, monitor, parts, first);
  const changes = await deps.history.listChanges(sql, id, { from, to: now }, { position: null, rows: page });
  const resets = changes.flatMap(({ kind, decidedAt }) => (isReset(kind) ? [{ kind, at: decidedAt.getTime() }] : []));
  const log = { votes: once(votes), resets, begins: monitor.createdAt.getTime() };
  const is = replay(log, present, now).incidents;
  const would = replay(log, wanted, now).incidents;
  const { name, tags, policyId, stillTime } = monitor;
  const asked = { organisationId, alertAfterMs, since: from, now, stillTime };
  const sent = await alertsSentBy(deps, sql, { ...asked, monitor: { id, name, tags, policyId } });
  return {
    ...{ from: iso(from), to: iso(now) },
    present: outcome(is, alertAfterMs, now, sent),
    wanted: outcome(would, alertAfterMs, now, sent),
    incidents: would.slice(-mostShown).map(({ startedAt, resolvedAt, cause, regions }) => ({
      ...{ startedAt: iso(startedAt), resolvedAt: resolvedAt === null ? null : iso(resolvedAt) },
      ...{ code: failureCode(cause), regions: [...regions] },
    })),
    summary: `In the last ${Math.ceil((now - from) / 86_400_000)} days this would have opened ${times(would.length)}; the present policy opens ${is.length}.`,
  };
};
