import type { Outcome } from '@farwatch/notifiers';
import type { Config } from '../../config.ts';
import type { Db, Sql } from '../../db.ts';
import type { Keyring } from '../../keyring.ts';
import { lookupOf } from '../channels/lookup.ts';
import { openTarget, type StoredTarget, sealTarget } from '../channels/stored-target.ts';
import type { EventStore, NewEvent } from '../events/store.ts';
import { type Aftermath, aftermathOf } from './aftermath.ts';
import { tellElsewhere } from './broken.ts';
import type { Parcel } from './claim.ts';
import { gather } from './gather.ts';
import type { TellOperator } from './operator.ts';
import { persist } from './persist.ts';
import {
  breakChannel,
  clearHold,
  countFailure,
  holdChannel,
  holdChannelRow,
  holdProvider,
  isRecorded,
  type Next,
  recordAttempt,
  recordSent,
  resealChannel,
  type SentAttempt,
} from './settle-store.ts';
import type { Claimed } from './store.ts';

export type RecordDeps = Readonly<{
  db: Pick<Db, 'sql' | 'transaction'>;
  keyring: Keyring;
  events: Pick<EventStore, 'recordAlone'>;
  config: Config;
  log: Readonly<{ error: (fields: Readonly<Record<string, unknown>>, text: string) => void }>;
}>;
export type Recorder = RecordDeps &
  Readonly<{
    now: () => number;
    random: () => number;
    tellOperator: TellOperator;
    writeSent: (sent: SentAttempt) => Promise<boolean>;
    tellLive: (event: NewEvent) => Promise<void>;
  }>;

/** As many attempts as are written in one statement. */
const together = 64;

/** What a worker's attempts are written with, by the batch. */
export const openRecords = ({ db, events }: RecordDeps): Pick<Recorder, 'writeSent' | 'tellLive'> => ({
  writeSent: gather((sent) => recordSent(db.sql, sent), together),
  tellLive: gather(async (told) => {
    await events.recordAlone(db.sql, told);
    return told.map(() => undefined);
  }, together),
});

/** Says nothing about the channel: other news goes on. */
export const internalFault: Outcome = {
  kind: 'retry',
  reason: 'an error inside Farwatch; the operator finds it in the log',
};

/** Where a parcel goes; null when nothing is known of it. */
export const targetOf = (keyring: Keyring, { channel, deliveries: [lead] }: Parcel): StoredTarget | null => {
  const { organisationId } = lead;
  if (lead.sealedTarget !== null)
    return openTarget(keyring, { table: 'delivery', organisationId, rowId: lead.deliveryId }, lead.sealedTarget);
  if (channel.sealed === null) return null;
  return openTarget(keyring, { table: 'channel', organisationId, rowId: channel.id }, channel.sealed);
};

const textOf = (outcome: Outcome): string =>
  outcome.kind === 'delivered' || outcome.kind === 'accepted' ? outcome.answer : outcome.reason;

/** Where a chat has moved to for good; null = nowhere. */
const movedTo = (outcome: Outcome): string | null => ('moved' in outcome ? outcome.moved?.chatId : undefined) ?? null;

/** The channel goes to the moved chat from now on. */
const followMove = async ({ keyring, config }: RecordDeps, tx: Sql, parcel: Parcel, chatId: string): Promise<void> => {
  const target = targetOf(keyring, parcel);
  if (target?.kind !== 'telegram') return;
  const { id: rowId, organisationId } = parcel.channel;
  const sealed = sealTarget(keyring, { table: 'channel', organisationId, rowId }, { ...target, chatId });
  await resealChannel(tx, parcel.channel, sealed, lookupOf(config.secret, 'telegram', chatId));
};

const applyToChannel = async (
  tx: Sql,
  { channel }: Parcel,
  { next, hold, broken }: Aftermath,
  { reason, now }: Readonly<{ reason: string; now: number }>,
): Promise<readonly string[]> => {
  if (next.status === 'delivered' || next.status === 'accepted') await clearHold(tx, channel.id, now);
  if (hold?.scope === 'provider') await holdProvider(tx, channel.kind, hold.until, reason);
  if (hold?.scope === 'channel') await holdChannel(tx, channel.id, hold.until, hold.failed);
  const oneCallFailed = channel.kind === 'webhook' && hold === null && next.status === 'pending';
  if (oneCallFailed) await countFailure(tx, channel.id);
  if (!broken) return [];
  const justBroken = await breakChannel(tx, channel, now, reason);
  return tellElsewhere(tx, channel, { reason, justBroken, now });
};

/**
 * Tells whoever watches. Apart from the record and without waiting for the disk: the order of events is kept by a lock
 * that all share, and thousands of attempts a minute must not queue for it with a commit each. What a crash takes here is
 * a page's live update; the log has it.
 */
const tell = async (
  { tellLive, log }: Recorder,
  { organisationId, monitorId, deliveryId }: Claimed,
  status: Next['status'],
): Promise<void> => {
  const type = status === 'failed' ? 'delivery.failed' : 'delivery.updated';
  try {
    await tellLive({ organisationId, monitorId, type, data: { deliveryId, status } });
  } catch (err) {
    log.error({ err, deliveryId }, 'an attempt could not be told live');
  }
};

export type Attempted = Readonly<{
  parcel: Parcel;
  outcome: Outcome;
  attempt: Readonly<{ id: string; at: number; tookMs: number }>;
}>;

type Written = Readonly<{ changed: boolean; due: readonly string[] }>;
const write = async (
  recorder: Recorder,
  tx: Sql,
  { parcel, outcome, attempt }: Attempted,
  { aftermath, again, now }: Readonly<{ aftermath: Aftermath; again: boolean; now: number }>,
): Promise<Written> => {
  const { deliveries } = parcel;
  const [{ channelId }] = deliveries;
  const { next } = aftermath;
  const chatId = movedTo(outcome);
  if (channelId !== null) await holdChannelRow(tx, channelId);
  if (again && (await isRecorded(tx, attempt.id))) return { changed: false, due: [] };
  const reason = textOf(outcome);
  const changed = await recordAttempt(tx, deliveries, { ...attempt, outcome: outcome.kind, answer: reason, next });
  if (channelId === null) return { changed, due: [] };
  if (chatId !== null) await followMove(recorder, tx, parcel, chatId);
  return { changed, due: await applyToChannel(tx, parcel, aftermath, { reason, now }) };
};

/** Good news for a channel that was well: nothing but the deliveries changes, which is one statement. */
const isPlain = ({ channel }: Parcel, outcome: Outcome, { next }: Aftermath): boolean =>
  (next.status === 'delivered' || next.status === 'accepted') &&
  channel.failures === 0 &&
  channel.holdUntil === null &&
  movedTo(outcome) === null;

const writePlainly = async (
  { db, writeSent }: Recorder,
  { parcel: { deliveries: taken }, outcome, attempt: made }: Attempted,
  { aftermath: { next }, again }: Readonly<{ aftermath: Aftermath; again: boolean }>,
): Promise<Written> => {
  const attempt = { ...made, outcome: outcome.kind, answer: textOf(outcome), next };
  if (!again) return { changed: await writeSent({ taken, attempt }), due: [] };
  // By itself: what others wrote with it may be why it failed.
  if (await isRecorded(db.sql, attempt.id)) return { changed: false, due: [] };
  return { changed: await recordAttempt(db.sql, taken, attempt), due: [] };
};

/** Writes down what came of an attempt, for its deliveries and for the channel; answers what became due by it. */
export const record = async (recorder: Recorder, attempted: Attempted): Promise<readonly string[]> => {
  const { parcel, outcome } = attempted;
  const now = recorder.now();
  const clock = { now, random: recorder.random(), ours: outcome === internalFault };
  const aftermath = aftermathOf(parcel, outcome, clock);
  const { changed, due } = await persist((again) =>
    isPlain(parcel, outcome, aftermath)
      ? writePlainly(recorder, attempted, { aftermath, again })
      : recorder.db.transaction((tx) => write(recorder, tx, attempted, { aftermath, again, now })),
  );
  if (changed) await tell(recorder, parcel.deliveries[0], aftermath.next.status);
  if (aftermath.operator) {
    const { kind } = parcel.channel;
    await recorder.tellOperator({ key: `channel:${kind}`, text: `${kind}: ${textOf(outcome)}`, now });
  }
  return due;
};
