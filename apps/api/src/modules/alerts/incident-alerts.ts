import {
  callsStaleWhenTaken,
  type EscalationPolicy,
  gatherMs,
  hearsOnlyTrouble,
  listenerOf,
  nextReminderAt,
  nextStep,
  resumedLadder,
  snoozedDues,
  staleWhenOver,
  staleWhenTaken,
  startEscalation,
} from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { holdEventOrder } from '../events/store.ts';
import { attachOpened, releaseParts } from './attach.ts';
import { type Decision, decide } from './decisions.ts';
import {
  type AlertedIncident,
  alertedIncident,
  channelsThatHeard,
  dropUnsent,
  hurryOlder,
  insertDeliveries,
  type Ladder,
  lockLadder,
  type News,
  type Recipient,
  saveLadder,
} from './plan-store.ts';
import type { Actor } from './planner.ts';
import { planFor, type RecipientDeps, recipientsOf } from './recipients.ts';
import { judgeSilence } from './silence.ts';
import { aroundOf } from './silence-store.ts';

export type IncidentAlertDeps = Readonly<{
  escalations: RecipientDeps['escalations'] &
    Readonly<{
      policyFor: (
        tx: Sql,
        which: Readonly<{ organisationId: string; monitorId: string }>,
      ) => Promise<EscalationPolicy & Readonly<{ id: string | null }>>;
    }>;
}>;

/** Ids of deliveries that are due at once: they go to the queue after the commit. */
export type DueNow = readonly string[];
type Planned = readonly Readonly<{ id: string; channelId: string; dueAt: number }>[];
const dueAt = (planned: Planned, now: number): DueNow => planned.filter((one) => one.dueAt <= now).map(({ id }) => id);

/** Whoever hears what comes after an opening too. */
const hearsTheRest = ({ kind }: Recipient): boolean => !hearsOnlyTrouble(listenerOf(kind));

const newsOf = (incident: AlertedIncident, event: News['event'], detail: object | null, now: number): News => ({
  organisationId: incident.organisationId,
  event,
  severity: incident.severity,
  incidentId: incident.incidentId,
  monitorId: incident.monitorId,
  detail,
  now,
});

/** Tells a step's channels: that it opened, or, who heard that before, that still nobody has it. */
const tellChannels = async (
  tx: Sql,
  incident: AlertedIncident,
  { channels, round, step }: Readonly<{ channels: readonly Recipient[]; round: number; step: number }>,
  now: number,
): Promise<DueNow> => {
  const { incidentId, severity } = incident;
  const gathered = incident.sharedSince === null ? null : incident.sharedSince.getTime() + gatherMs;
  const opening = channels.map((channel) =>
    planFor(channel, { key: `incident.opened:${incidentId}`, severity, now, gathered }),
  );
  const opened = await insertDeliveries(tx, newsOf(incident, 'incident.opened', null, now), opening);
  const first = new Set(opened.map(({ channelId }) => channelId));
  const again = channels
    .filter(({ channelId }) => !first.has(channelId))
    .map((channel) => planFor(channel, { key: `incident.escalated:${incidentId}:${round}.${step}`, severity, now }));
  const news = newsOf(incident, 'incident.escalated', { round, step }, now);
  const escalated = step === 0 && round === 0 ? [] : await insertDeliveries(tx, news, again);
  await hurryOlder(
    tx,
    incident.monitorId,
    opened.map(({ channelId }) => channelId),
    now,
  );
  return dueAt([...opened, ...escalated], now);
};

/**
 * Climbs the ladder as far as it is due: a step that reaches nobody (nobody on call, every channel broken) is passed at
 * once. When the whole first round reaches nobody at all, everyone is told: an alert that reaches nobody is no alert.
 */
export const climb = async (
  deps: IncidentAlertDeps,
  tx: Sql,
  incident: AlertedIncident,
  ladder: Ladder,
  now: number,
): Promise<Readonly<{ ladder: Ladder; due: DueNow }>> => {
  const { organisationId } = incident;
  let { state } = ladder;
  while (state.dueAt !== null && state.dueAt <= now) {
    const { round, step } = state;
    const targets = ladder.policy.steps[step]?.targets ?? [];
    const channels = await recipientsOf(deps, tx, { organisationId, targets, now });
    state = nextStep(ladder.policy, state, now);
    if (channels.length > 0) {
      const due = await tellChannels(tx, incident, { channels, round, step }, now);
      return { ladder: { ...ladder, state }, due };
    }
    await decide(tx, incident.incidentId, now, { code: 'nobody-reached', key: `nobody-reached:${round}.${step}` });
    const last = step >= ladder.policy.steps.length - 1;
    if (last && (await channelsThatHeard(tx, organisationId, incident.incidentId)).length === 0) {
      const everyone = await recipientsOf(deps, tx, { organisationId, targets: [{ kind: 'everyone' }], now });
      const due = await tellChannels(tx, incident, { channels: everyone, round: 0, step: 0 }, now);
      return { ladder: { ...ladder, state }, due };
    }
    if (state.dueAt !== null && !last) state = { ...state, dueAt: now };
  }
  return { ladder: { ...ladder, state }, due: [] };
};

/** The facts of an opening: whose policy it goes by, and that it is to wait first. */
const decideBeginning = async (
  tx: Sql,
  { incidentId, alertAfterMs }: AlertedIncident,
  { policyId, dueAt }: Readonly<{ policyId: string | null; dueAt: number | null }>,
  now: number,
): Promise<void> => {
  const because = alertAfterMs > 0 ? 'monitor' : 'policy';
  const waits: readonly Decision[] =
    dueAt === null || dueAt <= now
      ? []
      : [{ code: 'alert-after', key: 'alert-after', detail: { until: dueAt, because } }];
  await decide(tx, incidentId, now, { code: 'policy', key: 'policy', detail: { policyId } }, ...waits);
};

/**
 * An incident has opened: it is made part of another one where it is, its ladder begins, and what is due of it at once
 * and not to be silent is planned.
 */
export const planOpened = async (
  deps: IncidentAlertDeps,
  tx: Sql,
  incidentId: string,
  now: number,
): Promise<DueNow> => {
  await holdEventOrder(tx); // of two that open at once the second one sees the first
  const found = await alertedIncident(tx, incidentId);
  if (found === null || (await lockLadder(tx, incidentId)) !== null) return [];
  const before = await aroundOf(tx, found, now);
  const { attached, sharedSince } = await attachOpened(tx, found, before, now);
  const incident = { ...found, sharedSince };
  const { id: policyId, ...policy } = await deps.escalations.policyFor(tx, incident);
  const openedAt = incident.openedAt.getTime();
  const state = startEscalation(policy, openedAt, incident.alertAfterMs);
  const { remindEveryMs } = policy;
  const toldAt = state.dueAt ?? now;
  const remindAt = nextReminderAt({ openedAt: toldAt, remindEveryMs, lastAt: null, now, snoozedUntil: null });
  const { organisationId } = incident;
  const begun: Ladder = { incidentId, organisationId, policy, state, remindAt, heldUntil: null, heldFor: null };
  await decideBeginning(tx, incident, { policyId, dueAt: state.dueAt }, now);
  const fresh = await judgeSilence(tx, incident, { ladder: begun, around: { ...before, attached } }, now);
  const { ladder, due } =
    fresh.heldUntil === null ? await climb(deps, tx, incident, fresh, now) : { ladder: fresh, due: [] };
  await saveLadder(tx, ladder);
  return due;
};

/** An incident is over: its ladder ends, and whoever heard that it opened hears that too. */
export const planResolved = async (tx: Sql, incidentId: string, now: number): Promise<DueNow> => {
  await holdEventOrder(tx); // it holds other incidents’ ladders
  const incident = await alertedIncident(tx, incidentId);
  if (incident === null) return [];
  const ladder = await lockLadder(tx, incidentId);
  if (ladder !== null) await saveLadder(tx, { ...ladder, state: { ...ladder.state, dueAt: null }, remindAt: null });
  await releaseParts(tx, incidentId, now);
  await dropUnsent(tx, { incidentId, events: staleWhenOver, now, reason: 'it was over before it was sent' });
  const heard = await channelsThatHeard(tx, incident.organisationId, incidentId);
  const untold = ladder !== null && ladder.state.round === 0 && ladder.state.step === 0;
  if (untold) await decide(tx, incidentId, now, { code: 'over-untold', key: 'over-untold' });
  const key = `incident.resolved:${incidentId}`;
  const planned = await insertDeliveries(
    tx,
    newsOf(incident, 'incident.resolved', null, now),
    heard.filter(hearsTheRest).map((channel) => planFor(channel, { key, severity: incident.severity, now })),
  );
  return dueAt(planned, now);
};

/** Nobody is called on about what somebody has, or wants no word of for now. */
const dropCalls = async (tx: Sql, incidentId: string, now: number, reason: string): Promise<void> => {
  await dropUnsent(tx, { incidentId, events: staleWhenTaken, now, reason });
  await dropUnsent(tx, { incidentId, events: callsStaleWhenTaken, kinds: ['voice'], now, reason });
};

/** Somebody has it: the ladder stops, and whoever heard of it hears who. */
export const planAcknowledged = async (
  tx: Sql,
  { incidentId, by, now }: Readonly<{ incidentId: string; by: Actor; now: number }>,
): Promise<DueNow> => {
  const incident = await alertedIncident(tx, incidentId);
  if (incident === null) return [];
  const ladder = await lockLadder(tx, incidentId);
  if (ladder !== null) await saveLadder(tx, { ...ladder, state: { ...ladder.state, dueAt: null } });
  await dropCalls(tx, incidentId, now, `${by.name} has it`);
  const heard = await channelsThatHeard(tx, incident.organisationId, incidentId);
  const key = `incident.acknowledged:${incidentId}:${now}`;
  const planned = await insertDeliveries(
    tx,
    newsOf(incident, 'incident.acknowledged', { by: { name: by.name, via: by.via }, at: now }, now),
    heard.filter(hearsTheRest).map((channel) => planFor(channel, { key, severity: incident.severity, now })),
  );
  return dueAt(planned, now);
};

/** Nobody has it any more: the ladder goes on where it stood. */
export const resumeLadder = async (tx: Sql, incidentId: string, now: number): Promise<void> => {
  const ladder = await lockLadder(tx, incidentId);
  const incident = await alertedIncident(tx, incidentId);
  if (ladder === null || incident === null || incident.resolvedAt !== null) return;
  const from = Math.max(now, incident.snoozedUntil?.getTime() ?? 0);
  await saveLadder(tx, { ...ladder, state: resumedLadder(ladder.policy, ladder.state, from) });
};

/** Nothing before `until`; null takes that back. */
export const snoozeLadder = async (
  tx: Sql,
  { incidentId, until, now }: Readonly<{ incidentId: string; until: number | null; now: number }>,
): Promise<void> => {
  const ladder = await lockLadder(tx, incidentId);
  if (ladder === null) return;
  await saveLadder(tx, { ...ladder, ...snoozedDues(ladder.policy, ladder, { until, now }) });
  if (until !== null && until > now) await dropCalls(tx, incidentId, now, 'it was snoozed');
};

/** Whoever heard that it opened hears that it still is so. */
export const planReminder = async (tx: Sql, incident: AlertedIncident, now: number): Promise<DueNow> => {
  const { incidentId, organisationId, severity } = incident;
  const heard = await channelsThatHeard(tx, organisationId, incidentId);
  const planned = await insertDeliveries(
    tx,
    newsOf(incident, 'incident.reminder', null, now),
    heard.map((channel) => planFor(channel, { key: `incident.reminder:${incidentId}:${now}`, severity, now })),
  );
  return dueAt(planned, now);
};
