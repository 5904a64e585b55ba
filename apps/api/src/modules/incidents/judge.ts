import type { ConfirmCheck } from '@farwatch/contracts';
import {
  foldBy,
  type History,
  inOrder,
  isCalm,
  isTimely,
  type MonitorState,
  type PolicyChange,
  readAfter,
  statusOf,
  type Vote,
  votesIn,
} from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { policyChanges, recordKnown, replaceDecisions } from '../monitors/change-store.ts';
import { type Beginning, findStarts, replaceCheckpoints } from '../monitors/checkpoint-store.ts';
import { isInMaintenance } from '../monitors/in-maintenance.ts';
import { type Locked, saveStates, transportMs, type Watched } from '../monitors/state-store.ts';
import { type ApplyDeps, amendIncidents } from './apply.ts';
import { burstAsks } from './burst-asks.ts';
import { type IncidentRecord, incidentsInPlay, replaceSpans } from './record-store.ts';

/** What goes out once the transaction has been committed. */
export type FollowUp = Readonly<{ asks: readonly ConfirmCheck[]; deliveryIds: readonly string[] }>;

/** A monitor that is held, and its new looks; none: only time has passed. */
export type Wanted = Readonly<{ held: Locked; looks: readonly Vote[] }>;

/**
 * The worker's clock, and up to when its log is complete as far as it knows: no deadline after that has passed. `unsure`:
 * what is judged has waited on its way, so that answers of others may be on theirs.
 */
export type Clock = Readonly<{ now: number; asOf: number; unsure?: boolean }>;

type Start = Wanted & Beginning & Readonly<{ from: number; after: number }>;

/** A look is begun at most an interval after it was due, and ends by its timeout. */
const dueBefore = (ended: number, { policy }: Watched): number => ended - policy.intervalMs - policy.timeoutMs - 2_000;

const startsOf = async (tx: Sql, wanted: readonly Wanted[]): Promise<readonly Start[]> => {
  const all = wanted.map(({ held, looks }) => {
    const from = looks.length === 0 ? held.state.until : Math.min(...looks.map(({ endedAt }) => endedAt));
    return { held, looks, from };
  });
  const starts = await findStarts(
    tx,
    all.map(({ held, from }) => ({ monitorId: held.watched.monitorId, from })),
  );
  return all.flatMap((one) => {
    const begin = starts.get(one.held.watched.monitorId);
    if (begin === undefined) return [];
    return [{ ...one, ...begin, after: readAfter(begin.start, one.from, one.held.watched.policy) }];
  });
};

/** The looks that are asked for by the new state and were not by the old one. */
const newAsks = (
  { monitorId }: Watched,
  before: MonitorState,
  { confirmation }: MonitorState,
  now: number,
): readonly ConfirmCheck[] => {
  if (confirmation === null || confirmation.deadlineAt < now) return [];
  const asked = new Set(before.confirmation?.asks.map(({ region, at }) => `${region} ${at}`));
  return confirmation.asks
    .filter(({ region, at }) => !asked.has(`${region} ${at}`))
    .map(({ region, at }) => ({
      ...{ monitorId, region, trigger: 'confirmation' as const },
      scheduledAt: Math.max(now, at),
      expiresAt: confirmation.deadlineAt,
    }));
};

/** When the status word came to be what it is: the first of the last decisions that left it so. */
const sinceOf = ({ decisions, state }: History): number => {
  const status = statusOf(state);
  const other = decisions.findLastIndex((decision) => decision.status !== status);
  return decisions[other + 1]?.at ?? state.until;
};

const tellStatus = async ({ events }: ApplyDeps, tx: Sql, { watched }: Locked, history: History): Promise<void> => {
  const { monitorId, organisationId } = watched;
  const status = statusOf(history.state);
  if (status === watched.status) return;
  if (watched.status === 'unknown') await recordKnown(tx, monitorId, history.state.until, status);
  if (await isInMaintenance(tx, monitorId)) return; // what is shown does not change; its end tells the word of then
  const statusSince = new Date(sinceOf(history)).toISOString();
  const data = { monitorId, status, statusSince };
  await events.record(tx, { organisationId, monitorId, type: 'monitor.status-changed', data });
};

/** One word as flapping begins and one as it ends. */
const tellFlapping = async (
  { alerts }: ApplyDeps,
  tx: Sql,
  { watched, state: before }: Locked,
  { state }: History,
  now: number,
): Promise<readonly string[]> => {
  const { organisationId, monitorId } = watched;
  if ((before.flappingSince === null) === (state.flappingSince === null)) return [];
  const event = state.flappingSince === null ? 'monitor.calm' : 'monitor.flapping';
  const since = state.flappingSince ?? before.flappingSince ?? now;
  return alerts.flapping(tx, { organisationId, monitorId, event, since, now });
};

type Told = Start & Readonly<{ history: History; timely: boolean }>;

/** Never less far than it was judged before: what was decided at a deadline is not undone by a report that waited. */
const foldOne = (one: Start, read: readonly Vote[], changes: readonly PolicyChange[], { asOf }: Clock): Told => {
  const { held, looks, start, after } = one;
  const votes = read.filter(({ endedAt }) => endedAt > after).toSorted(inOrder);
  const until = Math.max(asOf - transportMs, held.state.until);
  const history = foldBy(start, votes, { policy: held.watched.policy, changes }, until);
  const newestAt = Math.max(...votes.map(({ endedAt }) => endedAt));
  return { ...one, history, timely: looks.length === 0 || isTimely(looks, newestAt) };
};

/** What was decided up to then stands: the fold knows nothing of it. Before a reset that is all. */
const rewrittenAfter = ({ start }: Told): number => Math.max(start.until, start.from);

/** Makes the rows of all these monitors what their histories say, a few statements for all of them. */
const storeHistories = async (tx: Sql, folded: readonly Told[]): Promise<void> => {
  const of = (one: Told) => ({ monitorId: one.held.watched.monitorId, after: rewrittenAfter(one) });
  const states = folded.map((one) => {
    const { state } = one.history;
    const settled = isCalm(state, one.held.watched.policy);
    return { ...of(one), state, settled, since: sinceOf(one.history) };
  });
  await saveStates(tx, states);
  await replaceCheckpoints(
    tx,
    folded.map((one) => ({ ...of(one), start: one.start, left: one.history.checkpoints })),
  );
  await replaceSpans(
    tx,
    folded.map((one) => ({ ...of(one), spans: one.history.spans })),
  );
  await replaceDecisions(
    tx,
    folded.map((one) => ({ ...of(one), decisions: one.history.decisions })),
  );
};

const tellOne = async (
  deps: ApplyDeps,
  tx: Sql,
  { held, history, from, timely }: Told,
  stored: readonly IncidentRecord[],
  { now, unsure = false }: Clock,
): Promise<FollowUp> => {
  const { watched, state: before } = held;
  const deliveryIds = [
    ...(await amendIncidents(deps, tx, { watched, history, stored, from, timely, unsure }, now)),
    ...(await tellFlapping(deps, tx, held, history, now)),
  ];
  await tellStatus(deps, tx, held, history);
  const { state } = history;
  return { asks: [...newAsks(watched, before, state, now), ...burstAsks(watched, before, state, now)], deliveryIds };
};

/**
 * Judges monitors anew from their looks in the log, from so long before the new ones that nothing is missed, and makes
 * the rows say what came of it: state, spans, decisions, incidents, events, pending deliveries. Part of the caller's
 * transaction, which holds the monitors' states. A monitor whose looks come too late to judge is left as it is.
 */
export const judge = async (deps: ApplyDeps, tx: Sql, wanted: readonly Wanted[], clock: Clock): Promise<FollowUp> => {
  const starts = wanted.length === 0 ? [] : await startsOf(tx, wanted);
  if (starts.length === 0) return { asks: [], deliveryIds: [] };
  const ranges = starts.map(({ held, after }) => ({
    monitorId: held.watched.monitorId,
    from: Math.max(0, dueBefore(after, held.watched)),
  }));
  const log = await deps.votesOf(tx, ranges);
  const changes = await policyChanges(
    tx,
    starts
      .filter(({ policies }) => policies)
      .map(({ held, start }) => ({ monitorId: held.watched.monitorId, after: start.until })),
  );
  const folded = starts.map((one) => {
    const { monitorId } = one.held.watched;
    return foldOne(one, votesIn(log.get(monitorId) ?? []), changes.get(monitorId) ?? [], clock);
  });
  await storeHistories(tx, folded);
  const stored = await incidentsInPlay(
    tx,
    folded.map((one) => ({ monitorId: one.held.watched.monitorId, after: rewrittenAfter(one) })),
  );
  const works: FollowUp[] = [];
  for (const one of folded)
    works.push(await tellOne(deps, tx, one, stored.get(one.held.watched.monitorId) ?? [], clock));
  return { asks: works.flatMap(({ asks }) => asks), deliveryIds: works.flatMap((work) => work.deliveryIds) };
};
