import type { Outcome } from '@farwatch/notifiers';
import { drainTimeoutMs } from '@farwatch/queue';
import { v7 as newId } from 'uuid';
import type { Config } from '../../config.ts';
import type { Sql } from '../../db.ts';
import type { Keyring } from '../../keyring.ts';
import { lookupOf } from '../channels/lookup.ts';
import { openTarget, type StoredTarget, sealTarget } from '../channels/stored-target.ts';
import { type EventStore, holdEventOrder } from '../events/store.ts';
import { type Aftermath, aftermathOf } from './aftermath.ts';
import { tellElsewhere, tellHeldBack } from './broken.ts';
import { type ClaimDeps, claimNext, type Parcel } from './claim.ts';
import { takeOne } from './claim-store.ts';
import { type ComposeDeps, compose } from './compose.ts';
import { openLanes } from './lanes.ts';
import { type Notify, type NotifyDeps, openNotify } from './notify.ts';
import { type OperatorDeps, operatorTeller, type TellOperator } from './operator.ts';
import { persist } from './persist.ts';
import {
  breakChannel,
  clearHold,
  countFailure,
  holdChannel,
  holdChannelRow,
  holdProvider,
  isRecorded,
  recordAttempt,
  resealChannel,
} from './settle-store.ts';
import { type Claimed, type Due, dueOfChannel, type Lane, laneOf, type SendingChannel } from './store.ts';

export type DeliverDeps = ComposeDeps &
  NotifyDeps &
  Omit<OperatorDeps, 'log'> &
  Pick<ClaimDeps, 'db'> &
  Readonly<{
    keyring: Keyring;
    events: Pick<EventStore, 'record' | 'recordInOrder'>;
    config: Config;
    log: Readonly<{ error: (fields: Readonly<Record<string, unknown>>, text: string) => void }>;
    /** Sends what became due by an attempt, after it was written. */
    send: (ids: readonly string[]) => Promise<void>;
    /** Wakes a channel where more is due than one job may take. */
    wake: (due: readonly Due[]) => Promise<void>;
  }>;

/** The worker's clock (epoch ms) and the jitter, from [0, 1). */
export type Chance = Readonly<{ now: () => number; random: () => number }>;

type Courier = DeliverDeps & Chance & Readonly<{ notify: Notify; claim: ClaimDeps; tellOperator: TellOperator }>;

/** After this a job takes no further delivery, so that a worker that has to stop can. */
export const jobMs = 2_000;
/** No attempt lasts longer than this, whatever the channel: a job and its record end before the consumer's drain does. */
export const attemptMs = drainTimeoutMs - jobMs - 1_000;
/** Longer than an attempt and its record: a claim that lasts this long belongs to a worker that is gone. */
export const leaseMs = 45_000;
/**
 * Messages for people go one after the other, so that they are counted and in order; calls of programs side by side, but
 * for an endpoint in trouble: what hangs there takes one place, not all.
 */
const widthOf = ({ kind, failing }: Pick<Lane, 'kind' | 'failing'>): number => (kind === 'webhook' && !failing ? 8 : 1);
/** Of a worker's places one organisation has at most so many, whatever its receivers do. */
const perOrganisation = 24;
/** How many attempts a worker makes at once. */
export const deliveriesAtOnce = 64;
/** Texts and calls of one organisation an hour. */
const phoneCap = 20;

/** Says nothing about the channel: other news goes on. */
const ourFault: Outcome = { kind: 'retry', reason: 'an error inside Farwatch; the operator finds it in the log' };
/** What goes to a channel that was deleted meanwhile is a dead letter. */
const deleted: Outcome = { kind: 'rejected', reason: 'the notification channel was deleted', broken: false };

const targetOf = ({ keyring }: Courier, { channel, deliveries: [lead] }: Parcel): StoredTarget | null => {
  const { organisationId } = lead;
  if (lead.sealedTarget !== null)
    return openTarget(keyring, { table: 'delivery', organisationId, rowId: lead.deliveryId }, lead.sealedTarget);
  if (channel.sealed === null) return null;
  return openTarget(keyring, { table: 'channel', organisationId, rowId: channel.id }, channel.sealed);
};

/** Sends once. A bug of ours counts as a failed attempt: it waits, is seen in the log, and ends like any other. */
const sendOnce = async (courier: Courier, parcel: Parcel): Promise<Outcome> => {
  const [{ deliveryId, organisationId }] = parcel.deliveries;
  try {
    if (parcel.deliveries[0].channelId === null && parcel.deliveries[0].sealedTarget === null) return deleted;
    const target = targetOf(courier, parcel);
    if (target === null)
      return { kind: 'rejected', reason: 'nothing is known of where this channel goes', broken: true };
    const message = await compose(courier, parcel);
    if (message === null) return { kind: 'rejected', reason: 'what it was about was deleted', broken: false };
    const signal = AbortSignal.timeout(attemptMs);
    return await courier.notify(message, target, { organisationId, now: courier.now(), signal });
  } catch (error) {
    courier.log.error({ err: error, deliveryId }, 'an alert could not be made or sent');
    return ourFault;
  }
};

const textOf = (outcome: Outcome): string =>
  outcome.kind === 'delivered' || outcome.kind === 'accepted' ? outcome.answer : outcome.reason;

/** A chat has moved for good: the channel goes there from now on. */
const followMove = async (courier: Courier, tx: Sql, parcel: Parcel, outcome: Outcome): Promise<void> => {
  if (!('moved' in outcome) || outcome.moved === undefined || parcel.deliveries[0].channelId === null) return;
  const target = targetOf(courier, parcel);
  const chatId = outcome.moved.chatId;
  if (target?.kind !== 'telegram' || chatId === undefined) return;
  const { id: rowId, organisationId } = parcel.channel;
  const sealed = sealTarget(courier.keyring, { table: 'channel', organisationId, rowId }, { ...target, chatId });
  await resealChannel(tx, parcel.channel, sealed, lookupOf(courier.config.secret, 'telegram', chatId));
};

const applyToChannel = async (
  tx: Sql,
  parcel: Parcel,
  { next, hold, broken }: Aftermath,
  { reason, now, well }: Readonly<{ reason: string; now: number; well: boolean }>,
): Promise<readonly string[]> => {
  const { channel, deliveries } = parcel;
  if (deliveries[0].channelId === null) return [];
  if (!well && (next.status === 'delivered' || next.status === 'accepted')) await clearHold(tx, channel.id, now);
  if (hold?.scope === 'provider') await holdProvider(tx, channel.kind, hold.until, reason);
  if (hold?.scope === 'channel') await holdChannel(tx, channel.id, hold.until, hold.failed);
  const oneCallFailed = channel.kind === 'webhook' && hold === null && next.status === 'pending';
  if (oneCallFailed) await countFailure(tx, channel.id);
  if (!broken) return [];
  const justBroken = await breakChannel(tx, channel, now, reason);
  return tellElsewhere(tx, channel, { reason, justBroken, now });
};

const record = async (
  courier: Courier,
  parcel: Parcel,
  outcome: Outcome,
  attempt: Readonly<{ id: string; at: number; tookMs: number }>,
): Promise<readonly string[]> => {
  const { channel, deliveries } = parcel;
  const [lead] = deliveries;
  const reason = textOf(outcome);
  const now = courier.now();
  const clock = { now, random: courier.random(), ours: outcome === ourFault };
  const aftermath = aftermathOf(parcel, outcome, clock);
  const { next } = aftermath;
  const write = async (tx: Sql, again: boolean): Promise<readonly string[]> => {
    await holdEventOrder(tx); // before the row: who opens an incident records its event and then writes deliveries
    const well = lead.channelId === null || (await holdChannelRow(tx, lead.channelId));
    if (again && (await isRecorded(tx, attempt.id))) return [];
    const changed = await recordAttempt(tx, deliveries, { ...attempt, outcome: outcome.kind, answer: reason, next });
    await followMove(courier, tx, parcel, outcome);
    const freed = await applyToChannel(tx, parcel, aftermath, { reason, now, well });
    if (changed) await tell(courier, tx, lead, next.status);
    return freed;
  };
  const due = await persist((again) => courier.db.transaction((tx) => write(tx, again)));
  if (aftermath.operator)
    await courier.tellOperator({
      key: `channel:${channel.kind}`,
      text: `${channel.kind}: ${reason}`,
      now,
    });
  return due;
};

const tell = (
  { events }: DeliverDeps,
  tx: Sql,
  { organisationId, monitorId, deliveryId }: Claimed,
  status: 'pending' | 'accepted' | 'delivered' | 'failed',
): Promise<void> => {
  const type = status === 'failed' ? 'delivery.failed' : 'delivery.updated';
  return events.recordInOrder(tx, { organisationId, monitorId, type, data: { deliveryId, status } });
};

/** One parcel: sent, and what came of it written with its event. */
const attemptOnce = async (courier: Courier, parcel: Parcel): Promise<void> => {
  const at = courier.now();
  const began = performance.now();
  const outcome = await sendOnce(courier, parcel);
  const attempt = { id: newId(), at, tookMs: Math.round(performance.now() - began) };
  const due = await record(courier, parcel, outcome, attempt);
  if (due.length > 0) await courier.send(due);
};

/** What belongs to no channel: a test before one is saved, or news for one that was deleted. */
const attemptAlone = async (courier: Courier, { deliveryId }: Due): Promise<void> => {
  const now = courier.now();
  const claimed = await takeOne(courier.db.sql, { deliveryId, now, leaseUntil: now + leaseMs });
  if (claimed === null) return;
  const { organisationId, kind, channelName: name } = claimed;
  const channel: SendingChannel = {
    ...{ id: deliveryId, organisationId, accountId: null, kind, name, target: name, sealed: null, failures: 0 },
    ...{ status: 'active', statusReason: null, holdUntil: null, holdReason: null, timeZone: 'UTC' },
  };
  await attemptOnce(courier, { channel, deliveries: [claimed] });
};

/**
 * The consumer of the `deliveries` queue. A job wakes its channel: what is due there is sent, in order, as one message or
 * several. A job that comes twice, or too late, does nothing. While a channel has its share running, others' news wait in
 * the table, and whoever runs takes it; so a slow channel holds up no other. Throws only when the database can't be used.
 */
export const deliver = (
  deps: DeliverDeps,
  { now, random }: Chance = { now: Date.now, random: Math.random },
): ((due: Due) => Promise<void>) => {
  const claim: ClaimDeps = {
    db: deps.db,
    phoneCap,
    heldBack: (tx, channel, { until, now: at }) => tellHeldBack(tx, channel, { cap: phoneCap, until, now: at }),
    refused: async (tx, channel, { reason, now: at }) => {
      await tellElsewhere(tx, channel, { reason, justBroken: false, now: at });
    },
  };
  const courier: Courier = {
    ...deps,
    now,
    random,
    claim,
    notify: openNotify(deps),
    tellOperator: operatorTeller(deps),
  };
  const lanes = openLanes();
  const work = async (lane: Lane & { channelId: string }): Promise<void> => {
    const end = performance.now() + jobMs;
    const take = () => claimNext(claim, lane, { now: now(), leaseUntil: now() + leaseMs });
    for (let parcel = await take(); parcel !== null; parcel = await take()) {
      await attemptOnce(courier, parcel);
      if (performance.now() > end) {
        const more = { channelId: lane.channelId, now: now(), limit: widthOf(lane) };
        return deps.wake(await dueOfChannel(deps.db.sql, more));
      }
    }
  };
  return async (due) => {
    const found = await laneOf(deps.db.sql, due);
    if (found === null) return;
    const { channelId, organisationId } = found;
    await lanes.through(organisationId, perOrganisation, () => {
      if (channelId === null) return attemptAlone(courier, due);
      return lanes.through(channelId, widthOf(found), () => work({ ...found, channelId }));
    });
  };
};
