import { phoneCap } from '@farwatch/domain';
import type { Outcome } from '@farwatch/notifiers';
import { drainTimeoutMs } from '@farwatch/queue';
import { v7 as newId } from 'uuid';
import { tellElsewhere, tellHeldBack } from './broken.ts';
import { type ClaimDeps, claimNext, type Parcel } from './claim.ts';
import { takeOne } from './claim-store.ts';
import { type ComposeDeps, compose } from './compose.ts';
import { openLanes } from './lanes.ts';
import { type Notify, type NotifyDeps, openNotify } from './notify.ts';
import { type OperatorDeps, operatorTeller } from './operator.ts';
import { internalFault, openRecords, type RecordDeps, type Recorder, record, targetOf } from './record.ts';
import { type Due, dueOfChannel, type Lane, laneOf, type SendingChannel } from './store.ts';

export type DeliverDeps = ComposeDeps &
  NotifyDeps &
  Omit<OperatorDeps, 'log'> &
  RecordDeps &
  Pick<ClaimDeps, 'db'> &
  Readonly<{
    /** Sends what became due by an attempt, after it was written. */
    send: (ids: readonly string[]) => Promise<void>;
    /** Wakes a channel where more is due than one job may take. */
    wake: (due: Due) => Promise<void>;
  }>;

/** The worker's clock (epoch ms) and the jitter, from [0, 1). */
export type Chance = Readonly<{ now: () => number; random: () => number }>;

type Courier = DeliverDeps & Recorder & Readonly<{ notify: Notify; claim: ClaimDeps }>;

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
/** What goes to a channel that was deleted meanwhile is a dead letter. */
const deleted: Outcome = { kind: 'rejected', reason: 'the notification channel was deleted', broken: false };

/** Sends once. A bug of ours counts as a failed attempt: it waits, is seen in the log, and ends like any other. */
const sendOnce = async (courier: Courier, parcel: Parcel): Promise<Outcome> => {
  const [{ deliveryId, organisationId }] = parcel.deliveries;
  try {
    if (parcel.deliveries[0].channelId === null && parcel.deliveries[0].sealedTarget === null) return deleted;
    const target = targetOf(courier.keyring, parcel);
    if (target === null)
      return { kind: 'rejected', reason: 'nothing is known of where this channel goes', broken: true };
    const message = await compose(courier, parcel);
    if (message === null) return { kind: 'rejected', reason: 'what it was about was deleted', broken: false };
    const signal = AbortSignal.timeout(attemptMs);
    return await courier.notify(message, target, { organisationId, now: courier.now(), signal });
  } catch (error) {
    courier.log.error({ err: error, deliveryId }, 'an alert could not be made or sent');
    return internalFault;
  }
};

/** One parcel: sent, written down, and told. */
const attemptOnce = async (courier: Courier, parcel: Parcel): Promise<void> => {
  const at = courier.now();
  const began = performance.now();
  const outcome = await sendOnce(courier, parcel);
  const attempt = { id: newId(), at, tookMs: Math.round(performance.now() - began) };
  const due = await record(courier, { parcel, outcome, attempt });
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
    ...openRecords(deps),
  };
  const lanes = openLanes();
  const work = async (lane: Lane & { channelId: string }): Promise<void> => {
    const end = performance.now() + jobMs;
    const take = () => claimNext(claim, lane, { now: now(), leaseUntil: now() + leaseMs });
    for (let parcel = await take(); parcel !== null; parcel = await take()) {
      await attemptOnce(courier, parcel);
      if (performance.now() > end) {
        // One place is given up: one job takes it.
        const next = await dueOfChannel(deps.db.sql, { channelId: lane.channelId, now: now() });
        return next === null ? undefined : deps.wake(next);
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
