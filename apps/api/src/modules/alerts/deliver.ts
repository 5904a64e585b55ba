import type { DialRules } from '@farwatch/checker';
import {
  type EmailTarget,
  emailNotifier,
  type Mailer,
  type Message,
  type Notifier,
  type Outcome,
  type WebhookTarget,
  webhookNotifier,
} from '@farwatch/notifiers';
import { drainTimeoutMs } from '@farwatch/queue';
import type { Config } from '../../config.ts';
import type { Db, Sql } from '../../db.ts';
import { type EventStore, holdEventOrder } from '../events/store.ts';
import { findIncident } from '../incidents/find.ts';
import type { IncidentStore } from '../incidents/store.ts';
import { spanView } from '../incidents/view.ts';
import { openLanes } from './lanes.ts';
import { type Alert, alertMessage } from './message.ts';
import { nextAttemptAt } from './retry-schedule.ts';
import type { AlertStore, Attempt, Claimed, Due } from './store.ts';

export type DeliverDeps = Readonly<{
  db: Pick<Db, 'sql' | 'transaction'>;
  alerts: Pick<AlertStore, 'laneOf' | 'claim' | 'claimNext' | 'handBack' | 'record'>;
  incidents: Pick<IncidentStore, 'spans'>;
  events: Pick<EventStore, 'record'>;
  mailer: Mailer;
  dialRules: DialRules;
  config: Pick<Config, 'publicUrl'>;
  log: Readonly<{ error: (fields: Readonly<{ err: unknown; deliveryId: string }>, text: string) => void }>;
}>;

/** The worker's clock (epoch ms) and the jitter, from [0, 1). */
export type Chance = Readonly<{ now: () => number; random: () => number }>;

type Courier = DeliverDeps &
  Chance &
  Readonly<{
    notifiers: Readonly<{ email: Notifier<EmailTarget>; webhook: Notifier<WebhookTarget> }>;
  }>;

/** After this a job takes no further delivery, so that a worker that has to stop can. */
export const jobMs = 2_000;
/** No attempt lasts longer than this, whatever the channel: a job and its record end before the consumer's drain does. */
export const attemptMs = drainTimeoutMs - jobMs - 1_000;
/** Longer than an attempt and its record: a claim that lasts this long belongs to a worker that is gone. */
export const leaseMs = 45_000;
/** So many at a time for one channel in one worker. */
const perChannel = 3;

const alertOf = async ({ db, incidents }: DeliverDeps, claimed: Claimed): Promise<Alert | null> => {
  const { event, incidentId, channelName } = claimed;
  if (event === 'channel.test') return { event, channelName };
  const incident = incidentId === null ? null : await findIncident(db.sql, incidentId);
  if (incident === null) return null;
  if (event === 'incident.opened') return { event, incident };
  const spans = await incidents.spans(db.sql, incident);
  return { event, incident, spans: spans.map((span) => spanView(span, incident)) };
};

const notify = (
  { notifiers }: Courier,
  { organisationId }: Claimed,
  { kind, target, secret }: NonNullable<Claimed['channel']>,
  message: Message,
): Promise<Outcome> => {
  const signal = AbortSignal.timeout(attemptMs);
  switch (kind) {
    case 'email':
      return notifiers.email(message, { address: target, organisationId }, signal);
    case 'webhook':
      return notifiers.webhook(message, { url: target, secret: secret ?? '' }, signal);
  }
};

/** Sends once. A bug of ours counts as a failed attempt: it waits, is seen in the log, and ends like any other. */
const send = async (courier: Courier, claimed: Claimed): Promise<Outcome> => {
  const { channel, deliveryId, createdAt } = claimed;
  if (channel === null) return { kind: 'rejected', reason: 'the notification channel was deleted' };
  try {
    const alert = await alertOf(courier, claimed);
    if (alert === null) return { kind: 'rejected', reason: 'the incident was deleted' };
    const { publicUrl } = courier.config;
    return await notify(courier, claimed, channel, alertMessage({ deliveryId, createdAt, alert, publicUrl }));
  } catch (error) {
    courier.log.error({ err: error, deliveryId }, 'an alert could not be made or sent');
    return { kind: 'retry', reason: 'an error inside Farwatch; the operator finds it in the log' };
  }
};

const afterwards = ({ now, random }: Courier, claimed: Claimed, outcome: Outcome): Attempt['next'] => {
  switch (outcome.kind) {
    case 'delivered':
      return { status: 'delivered' };
    case 'rejected':
      return { status: 'failed' };
    case 'retry': {
      const { attempt: attempts, createdAt } = claimed;
      const { afterMs } = outcome;
      const next = nextAttemptAt({ attempts, createdAt: createdAt.getTime(), now: now(), afterMs, random: random() });
      return next === null ? { status: 'failed' } : { status: 'pending', nextAttemptAt: next };
    }
  }
};

const tell = ({ events }: DeliverDeps, tx: Sql, claimed: Claimed, { status }: Attempt['next']): Promise<void> => {
  const { organisationId, monitorId, deliveryId } = claimed;
  const type = status === 'failed' ? 'delivery.failed' : 'delivery.updated';
  return events.record(tx, { organisationId, monitorId, type, data: { deliveryId, status } });
};

/** One claimed delivery: sent, and what came of it written with its event. */
const attemptOnce = async (courier: Courier, claimed: Claimed): Promise<void> => {
  const at = courier.now();
  const began = performance.now();
  const outcome = await send(courier, claimed);
  const tookMs = Math.round(performance.now() - began);
  const answer = outcome.kind === 'delivered' ? outcome.answer : outcome.reason;
  const next = afterwards(courier, claimed, outcome);
  await courier.db.transaction(async (tx) => {
    await holdEventOrder(tx); // before the row: who opens an incident records its event and then writes deliveries
    const changed = await courier.alerts.record(tx, claimed, { at, tookMs, outcome: outcome.kind, answer, next });
    if (changed) await tell(courier, tx, claimed, next);
  });
};

/**
 * The consumer of the `deliveries` queue. A job that comes twice, or too late, does nothing. While a channel has its
 * share running, its other deliveries wait in the table, and whoever runs takes them one after the other; so a slow
 * channel holds up no other. Throws only when the database can't be used: then the row comes back with the sweep.
 */
export const deliver = (
  deps: DeliverDeps,
  { now, random }: Chance = { now: Date.now, random: Math.random },
): ((due: Due) => Promise<void>) => {
  const { alerts, db, mailer, dialRules } = deps;
  const notifiers = { email: emailNotifier(mailer), webhook: webhookNotifier(dialRules) };
  const courier: Courier = { ...deps, now, random, notifiers };
  const lanes = openLanes(perChannel);
  const work = async (due: Due): Promise<void> => {
    const end = performance.now() + jobMs;
    let claimed = await alerts.claim(db.sql, due, now() + leaseMs);
    while (claimed !== null) {
      await attemptOnce(courier, claimed);
      const { channelId } = claimed;
      if (channelId === null || performance.now() > end) return;
      claimed = await alerts.claimNext(db.sql, { channelId, now: now(), leaseUntil: now() + leaseMs });
    }
  };
  return async (due) => {
    const lane = await alerts.laneOf(db.sql, due);
    if (lane === null) return;
    if (!lanes.enter(lane)) return alerts.handBack(db.sql, due);
    try {
      await work(due);
    } finally {
      lanes.leave(lane);
    }
  };
};
