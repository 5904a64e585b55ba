/** A message that a channel got: when (epoch ms), and about which monitors. */
export type Sent = Readonly<{ at: number; monitorIds: readonly string[] }>;
/** Something due for a channel; `monitorId` null = it is about none. */
export type PendingAlert = Readonly<{ deliveryId: string; monitorId: string | null; createdAt: number }>;
export type Pace =
  | Readonly<{ kind: 'send'; deliveryIds: readonly string[] }>
  | Readonly<{ kind: 'wait'; until: number }>;

/** Of a channel: so many messages within the window at once, each with all that is due; from then on … */
const burst = 3;
const windowMs = 5 * 60_000;
/** … they are gathered: the first digest after this long, the next ones after longer, 8 in any window at the most. */
const firstGatherMs = 30_000;
const gatherMs = 60_000;
/** So many due at once are a storm: one message tells them, and the next one gathers what comes after it. */
const stormSize = 5;
/** Of one monitor: so many messages in half an hour; its later news are told together at the end of that. */
const monitorBurst = 5;
const monitorWindowMs = 30 * 60_000;

const lately = (sent: readonly Sent[], now: number, ms: number): readonly Sent[] =>
  sent.filter(({ at }) => at > now - ms);

/** From when on the channel takes its next message. */
const channelFreeAt = (sent: readonly Sent[], pending: readonly PendingAlert[], now: number): number => {
  const recent = lately(sent, now, windowMs);
  const last = recent.at(-1);
  if (last === undefined) return now;
  const stormy = recent.some(({ monitorIds }) => monitorIds.length >= stormSize) || pending.length >= stormSize;
  if (recent.length < burst && !stormy) return now;
  return last.at + (recent.length <= burst ? firstGatherMs : gatherMs);
};

/** From when on the channel hears of this monitor again. */
const monitorFreeAt = (sent: readonly Sent[], monitorId: string, now: number): number => {
  const about = lately(sent, now, monitorWindowMs).filter(({ monitorIds }) => monitorIds.includes(monitorId));
  const oldest = about.at(-monitorBurst);
  return about.length < monitorBurst || oldest === undefined ? now : oldest.at + monitorWindowMs;
};

/**
 * What a channel's next message tells, or when to ask again: a lone alert on a quiet channel at once; many together as
 * one. At most 8 messages in any five minutes and 5 about one monitor in any thirty; whatever waits is told at the
 * latest 60 s after the channel's last message, and news of a flapping monitor 30 min after the first of its five.
 * `sent`: the last half hour, oldest first; `pending`: what is due, in the order it must be told, at least one.
 */
export const paceOf = ({
  sent,
  pending,
  now,
}: Readonly<{ sent: readonly Sent[]; pending: readonly PendingAlert[]; now: number }>): Pace => {
  const freeAt = new Map(
    [...new Set(pending.flatMap(({ monitorId }) => monitorId ?? []))].map((id) => [id, monitorFreeAt(sent, id, now)]),
  );
  const freeOf = ({ monitorId }: PendingAlert): number => (monitorId === null ? now : (freeAt.get(monitorId) ?? now));
  const speakable = pending.filter((one) => freeOf(one) <= now);
  if (speakable.length === 0) return { kind: 'wait', until: Math.min(...pending.map(freeOf)) };
  const until = channelFreeAt(sent, speakable, now);
  if (until > now) return { kind: 'wait', until };
  const calm = speakable.length < stormSize && lately(sent, now, windowMs).length + speakable.length <= burst;
  const [first] = speakable;
  if (calm && first !== undefined) return { kind: 'send', deliveryIds: [first.deliveryId] };
  return { kind: 'send', deliveryIds: speakable.map(({ deliveryId }) => deliveryId) };
};

export type Cap = Readonly<{ kind: 'free' } | { kind: 'held'; until: number }>;
const hourMs = 3_600_000;

/** Whether one more text or call may be made this hour; `sentAt` (epoch ms) oldest first. */
export const hourlyCap = ({
  sentAt,
  now,
  cap,
}: Readonly<{ sentAt: readonly number[]; now: number; cap: number }>): Cap => {
  const recent = sentAt.filter((at) => at > now - hourMs);
  const oldest = recent.at(-cap);
  return recent.length < cap || oldest === undefined ? { kind: 'free' } : { kind: 'held', until: oldest + hourMs };
};
