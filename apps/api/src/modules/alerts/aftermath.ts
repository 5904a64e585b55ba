import { nextDeliveryAt } from '@farwatch/domain';
import type { Outcome } from '@farwatch/notifiers';
import type { Parcel } from './claim.ts';
import type { Next } from './settle-store.ts';

/** What an attempt's outcome means for its deliveries, for the channel and for the provider. Moments are epoch ms. */
export type Aftermath = Readonly<{
  next: Next;
  /** The channel takes nothing before this; `failed` counts as one more failure in a row. */
  hold: Readonly<{ scope: 'channel' | 'provider'; until: number; failed: boolean }> | null;
  broken: boolean;
  operator: boolean;
}>;

/** `ours`: the message could not even be made or handed over. */
type Clock = Readonly<{ now: number; random: number; ours: boolean }>;

const nothing = { hold: null, broken: false, operator: false } as const;

/** So long an outage of a provider's own settings is waited for, unless it says itself. */
const operatorWaitMs = 5 * 60_000;

const afterRetry = (
  { channel, deliveries: [lead] }: Parcel,
  outcome: Extract<Outcome, { kind: 'retry' }>,
  { now, random, ours }: Clock,
): Aftermath => {
  const operator = outcome.operator === true;
  const limited = outcome.holds !== undefined;
  // A program's endpoint may refuse one call and take the next. A message that fails where others go through is at fault
  // itself, and so are we when we could not make it.
  const alone = lead.failures > 0 && channel.failures === 0;
  const perDelivery = !limited && outcome.afterMs === undefined && (channel.kind === 'webhook' || alone || ours);
  const failures = (perDelivery ? lead.failures : Math.max(channel.failures, lead.failures)) + (limited ? 0 : 1);
  const afterMs = outcome.afterMs ?? (operator ? operatorWaitMs : undefined);
  const until = nextDeliveryAt({
    kind: channel.kind,
    failures,
    limited,
    createdAt: lead.triedSince.getTime(),
    now,
    random,
    ...(afterMs === undefined ? {} : { afterMs }),
  });
  if (until === null) return { ...nothing, next: { status: 'failed' }, operator };
  const next: Next = { status: 'pending', nextAttemptAt: until, countsAsFailure: !limited, reason: outcome.reason };
  const hold = perDelivery ? null : { scope: outcome.holds ?? ('channel' as const), until, failed: !limited };
  return { next, hold, broken: false, operator };
};

/**
 * The rules: what a receiver refused for good is never repeated; a wish to wait is obeyed and is no failure; a channel
 * that can't be reached is tried with one message at a time, while a program's endpoint may refuse one call and take the
 * next, so there each waits for itself. A test is tried once: whoever asked for it is watching.
 */
export const aftermathOf = (parcel: Parcel, outcome: Outcome, clock: Clock): Aftermath => {
  const isTest = parcel.deliveries[0].event === 'channel.test';
  switch (outcome.kind) {
    case 'delivered':
      return { ...nothing, next: { status: 'delivered', receipt: outcome.receipt ?? null } };
    case 'accepted':
      return { ...nothing, next: { status: 'accepted', receipt: outcome.receipt } };
    case 'rejected':
      return { ...nothing, next: { status: 'failed' }, broken: outcome.broken && !isTest };
    case 'retry':
      return isTest
        ? { ...nothing, next: { status: 'failed' }, operator: outcome.operator === true }
        : afterRetry(parcel, outcome, clock);
  }
};
