import type { PolicyPreview } from '@farwatch/contracts';
import {
  failureCode,
  type Policy,
  type ReplayedIncident,
  type Reset,
  replay,
  type Vote,
  votesIn,
} from '@farwatch/domain';
import type { StillTime } from '../../bounded-read.ts';
import type { Sql } from '../../db.ts';
import { mostStretches } from '../alert-previews/ancestor-store.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { readPreviewLog } from './preview-log.ts';
import { looksBy } from './preview-looks.ts';
import { type AlertsSent, alertsSentBy, type Opened, type Sent } from './sent.ts';

export type PreviewDeps = Pick<ModuleDeps, 'results' | 'history' | 'windows'>;

export const previewDays = 30;
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
  /** What it is to depend on; null = what it depends on now. */
  parents: readonly string[] | null;
  /** Throws once the read has taken too long. */
  stillTime: StillTime;
}>;

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

const parentsCut = {
  ...{ what: 'parents-cut' as const, looks: 0 },
  summary: `The parents failed more than ${mostStretches} times: what lies further back held nothing back here.`,
};

const incidentView = ({ startedAt, resolvedAt, cause, regions }: Opened): PolicyPreview['incidents'][number] => ({
  ...{ startedAt: iso(startedAt), resolvedAt: resolvedAt === null ? null : iso(resolvedAt) },
  ...{ code: failureCode(cause), regions: [...regions] },
});

const outcomeOf = async (
  { id, name }: Previewed,
  { policy, alertAfterMs, ...told }: Settings,
  incidents: readonly Opened[],
  { now, sent }: Readonly<{ now: number; sent: AlertsSent }>,
) => {
  const { intervalMs, timeoutMs } = policy;
  const of = { monitor: { id, name, ...told }, alertAfterMs, intervalMs, timeoutMs };
  return outcome(incidents, alertAfterMs, now, await sent.of(of, incidents));
};

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
  const { id, organisationId, present, wanted, stillTime, parents } = monitor;
  const range = { from: now - previewDays * 86_400_000, until: now };
  const { looks, from } = await readPreviewLog(deps, sql, monitor, range, [present.policy, wanted.policy]);
  const changes = await deps.history.listChanges(sql, id, { from, to: now }, { position: null, rows: page });
  const resets = changes.flatMap(({ kind, decidedAt }) => (isReset(kind) ? [{ kind, at: decidedAt.getTime() }] : []));
  const about = { resets, begins: monitor.createdAt.getTime() };
  const child = { monitorId: id, parents };
  const sent = await alertsSentBy(deps, sql, { organisationId, since: from, now, stillTime, child });
  return async () => {
    const is = openedIn({ ...about, votes: votesIn(looks) }, present.policy, now);
    const made = looksBy(id, looks, present.policy, wanted.policy);
    const would = openedIn({ ...about, votes: votesIn(made.looks) }, made.policy, now);
    const caveats = [...made.caveats, ...(sent.present.areParentsCut || sent.wanted.areParentsCut ? [parentsCut] : [])];
    return {
      ...{ from: iso(from), to: iso(now) },
      present: await outcomeOf(monitor, present, is, { now, sent: sent.present }),
      wanted: await outcomeOf(monitor, { ...wanted, policy: made.policy }, would, { now, sent: sent.wanted }),
      incidents: would.slice(-mostShown).map(incidentView),
      summary: `In the last ${Math.ceil((now - from) / 86_400_000)} days this would have opened ${times(would.length)}; the present policy opens ${is.length}.`,
      ...{ assumes, caveats },
    };
  };
};
