import { giveUpAfterMs, hourlyCap, isOvertaken, isPhone, listenerOf, paceOf, paceWindowMs } from '@farwatch/domain';
import type { Db, Sql } from '../../db.ts';
import {
  type DueRow,
  dueOf,
  holdPhones,
  isSending,
  phonedLately,
  postpone,
  sentTo,
  settleUnsent,
  takeNext,
  takeTogether,
} from './claim-store.ts';
import { type Claimed, type SendingChannel, sendingChannel } from './store.ts';

/** What goes out as one message, in the order it is told; `channel` is where to. */
export type Parcel = Readonly<{ channel: SendingChannel; deliveries: readonly [Claimed, ...Claimed[]] }>;

export type ClaimDeps = Readonly<{
  db: Pick<Db, 'sql' | 'transaction'>;
  /** Texts and calls of one organisation an hour. */
  phoneCap: number;
  /** Told, in the same transaction, that news was refused for a channel that takes none. */
  refused: (tx: Sql, channel: SendingChannel, why: Readonly<{ reason: string; now: number }>) => Promise<void>;
  /** Told, in the same transaction, that texts or calls are held back until then. */
  heldBack: (
    tx: Sql,
    channel: SendingChannel,
    held: Readonly<{ count: number; until: number; now: number }>,
  ) => Promise<void>;
}>;
type Clock = Readonly<{ now: number; leaseUntil: number }>;

const hourMs = 3_600_000;
const idsOf = (rows: readonly DueRow[]): readonly string[] => rows.map(({ deliveryId }) => deliveryId);

const parcel = (channel: SendingChannel, taken: readonly Claimed[]): Parcel | null => {
  const [first, ...rest] = taken;
  return first === undefined ? null : { channel, deliveries: [first, ...rest] };
};

/** Why nothing may go to this channel any more; a test says itself what is wrong with it. */
const refusal = ({ status, statusReason }: SendingChannel): string | null =>
  status === 'active' ? null : `the channel is ${status}${statusReason === null ? '' : `: ${statusReason}`}`;

/** The last attempt comes at the end of the time; what is later than this after it was forgotten. */
const lastAttemptMs = 5 * 60_000;

/**
 * Messages of several that were tried and may have arrived: they are repeated as they were, or not at all once all they
 * told of is over.
 */
const wholeBundles = (channel: SendingChannel, due: readonly DueRow[]): ReadonlySet<string> => {
  const listener = listenerOf(channel.kind);
  return new Set(
    due.flatMap((row) => (row.bundleId === null || isOvertaken({ ...row, listener }) ? [] : [row.bundleId])),
  );
};

/** Why a due row is settled without being sent; null = it is to be sent. */
const endOf = (
  channel: SendingChannel,
  row: DueRow,
  whole: ReadonlySet<string>,
  now: number,
): Readonly<{ status: 'dropped' | 'failed'; reason: string }> | null => {
  const refused = refusal(channel);
  if (refused !== null && row.event !== 'channel.test') return { status: 'failed', reason: refused };
  if (isOvertaken({ ...row, listener: listenerOf(channel.kind) }) && !whole.has(row.bundleId ?? ''))
    return {
      status: 'dropped',
      reason: row.recoveryWaits ? 'told together with its recovery' : 'it was over before it was sent',
    };
  if (row.triedSince.getTime() + giveUpAfterMs(channel.kind) + lastAttemptMs < now)
    return { status: 'failed', reason: 'it could not be sent for too long' };
  return null;
};

/** Settles what nobody waits for any more; answers what is left. */
const sift = async (
  deps: ClaimDeps,
  tx: Sql,
  channel: SendingChannel,
  due: readonly DueRow[],
  now: number,
): Promise<readonly DueRow[]> => {
  const whole = wholeBundles(channel, due);
  const judged = due.map((row) => ({ row, end: endOf(channel, row, whole, now) }));
  const ended = Map.groupBy(
    judged.flatMap(({ row, end }) => (end === null ? [] : [{ id: row.deliveryId, end }])),
    ({ end: { status, reason } }) => `${status} ${reason}`,
  );
  for (const group of ended.values()) {
    const [{ end } = { end: null }] = group;
    if (end !== null) await settleUnsent(tx, { ids: group.map(({ id }) => id), now, ...end });
  }
  const reason = refusal(channel);
  if (reason !== null && ended.size > 0) await deps.refused(tx, channel, { reason, now });
  return judged.flatMap(({ row, end }) => (end === null ? [row] : []));
};

/** Texts and calls cost money and sleep: beyond the cap they wait, and a mail says so. True = they wait. */
const capped = async (
  deps: ClaimDeps,
  tx: Sql,
  channel: SendingChannel,
  due: readonly DueRow[],
  now: number,
): Promise<boolean> => {
  if (!isPhone(channel.kind) || due.every(({ event }) => event === 'channel.test')) return false;
  const { id: channelId, organisationId } = channel;
  await holdPhones(tx, organisationId);
  const { byOrganisation, toPhone } = await phonedLately(tx, {
    channelId,
    organisationId,
    since: now - hourMs,
    now,
  });
  const caps = [byOrganisation, toPhone].map((sentAt) => hourlyCap({ sentAt, now, cap: deps.phoneCap }));
  const until = Math.max(0, ...caps.map((cap) => (cap.kind === 'held' ? cap.until : 0)));
  if (until === 0) return false;
  await postpone(tx, idsOf(due), until, `${deps.phoneCap} texts and calls an hour are the most`);
  await deps.heldBack(tx, channel, { count: due.length, until, now });
  return true;
};

/** Which of what is due goes into the next message: what was tried together stays together, under the same id. */
const nextMessage = async (
  tx: Sql,
  channel: SendingChannel,
  due: readonly DueRow[],
  now: number,
): Promise<readonly string[]> => {
  // What was tried and failed goes by itself, and the later news about its monitor after it.
  const tried = new Set(due.flatMap(({ attempts, monitorId }) => (attempts > 0 ? [monitorId] : [])));
  const isFresh = ({ event, attempts, monitorId }: DueRow): boolean =>
    attempts === 0 && event !== 'channel.test' && !tried.has(monitorId);
  const first = due.find((row) => row.attempts > 0 || row.event === 'channel.test' || isFresh(row));
  if (first === undefined) return [];
  if (first.bundleId !== null) return idsOf(due.filter(({ bundleId }) => bundleId === first.bundleId));
  if (first.attempts > 0 || first.event === 'channel.test') return [first.deliveryId];
  const fresh = due.filter(isFresh);
  const pending = fresh.map(({ deliveryId, monitorId, createdAt }) => ({
    deliveryId,
    monitorId,
    createdAt: createdAt.getTime(),
  }));
  const sent = await sentTo(tx, channel.id, now - paceWindowMs);
  const pace = paceOf({ sent, pending, now });
  if (pace.kind === 'send') return pace.deliveryIds;
  await postpone(tx, idsOf(fresh), pace.until, 'many alerts at once are told together');
  return [];
};

/**
 * The next message for a channel that people read: one worker at a time, holding the channel's row for the length of
 * this transaction. Null: nothing to send, or nothing yet.
 */
const claimMessage = (deps: ClaimDeps, channelId: string, { now, leaseUntil }: Clock): Promise<Parcel | null> =>
  deps.db.transaction(async (tx) => {
    const channel = await sendingChannel(tx, channelId, true);
    if (channel === null || (await isSending(tx, channelId, now))) return null;
    const due = await sift(deps, tx, channel, await dueOf(tx, channelId, now), now);
    if (due.length === 0) return null;
    if (channel.holdUntil !== null && channel.holdUntil > now) {
      await postpone(tx, idsOf(due), channel.holdUntil, channel.holdReason ?? 'the channel can not be reached for now');
      return null;
    }
    if (await capped(deps, tx, channel, due, now)) return null;
    const ids = await nextMessage(tx, channel, due, now);
    return ids.length === 0 ? null : parcel(channel, await takeTogether(tx, ids, leaseUntil));
  });

/** A program hears of each piece of news by itself, in order within one monitor; several calls may be on their way. */
const claimCall = async (deps: ClaimDeps, channelId: string, { now, leaseUntil }: Clock): Promise<Parcel | null> => {
  const { sql } = deps.db;
  const channel = await sendingChannel(sql, channelId, false);
  if (channel === null) return null;
  const held = channel.holdUntil !== null && channel.holdUntil > now;
  if (held || channel.status !== 'active') {
    await deps.db.transaction(async (tx) => {
      const due = await sift(deps, tx, channel, await dueOf(tx, channelId, now), now);
      if (due.length > 0 && held && channel.holdUntil !== null)
        await postpone(tx, idsOf(due), channel.holdUntil, channel.holdReason ?? 'the receiver asked us to wait');
    });
    if (held) return null;
  }
  const taken = await takeNext(sql, { channelId, now, leaseUntil });
  return taken === null ? null : parcel(channel, [taken]);
};

/** The next parcel for a channel; null when there is nothing to send now. */
export const claimNext = (
  deps: ClaimDeps,
  { channelId, kind }: Readonly<{ channelId: string; kind: SendingChannel['kind'] }>,
  clock: Clock,
): Promise<Parcel | null> =>
  kind === 'webhook' ? claimCall(deps, channelId, clock) : claimMessage(deps, channelId, clock);
