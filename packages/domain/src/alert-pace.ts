/** A message that a channel got: when (epoch ms), and about which monitors. */
export type Sent = Readonly<{ at: number; monitorIds: readonly string[] }>;
/** Something due for a channel; `monitorId` null = it is about none. */
export type PendingAlert = Readonly<{ deliveryId: string; monitorId: string | null; createdAt: number }>;
export type Pace =
  | Readonly<{ kind: 'send'; deliveryIds: readonly string[] }>
  | Readonly<{ kind: 'wait'; until: number }>;

/**
 * Of a channel: so many messages within the window at once. Three, so that one incident is told, acknowledged and over
 * without a wait; a storm that begins as slowly as it can is three messages and a digest.
 */
const burst = 3;
const windowMs = 5 * 60_000;
/** From then on they are gathered: the first digest after this long, the next ones after longer. */
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

/** From when on the channel hears of each monitor again. In a storm both lists are long: each is walked once. */
const monitorsFreeAt = (sent: readonly Sent[], now: number): ReadonlyMap<string, number> => {
  const told = new Map<string, number[]>();
  for (const { at, monitorIds } of lately(sent, now, monitorWindowMs))
    for (const id of monitorIds) {
      const before = told.get(id);
      if (before === undefined) told.set(id, [at]);
      else before.push(at);
    }
  return new Map(
    [...told].flatMap(([id, ats]) => {
      const oldest = ats.at(-monitorBurst);
      return oldest === undefined ? [] : [[id, oldest + monitorWindowMs] as const];
    }),
  );
};

/**
 * What a channel's next message tells, or when to ask again: a lone alert on a quiet channel at once; many together as
 * one. At most 8 messages in any five minutes and 5 about one monitor in any thirty. Whatever waits is told at the
 * latest 60 s after the channel's last message; news of a flapping monitor within 30 min.
 * `sent`: the last half hour, oldest first; `pending`: what is due, in the order it must be told, at least one.
 */
export const paceOf = ({
  sent,
  pending,
  now,
}: Readonly<{ sent: readonly Sent[]; pending: readonly PendingAlert[]; now: number }>): Pace => {
  const freeAt = monitorsFreeAt(sent, now);
  const freeOf = ({ monitorId }: PendingAlert): number => (monitorId === null ? now : (freeAt.get(monitorId) ?? now));
  const speakable = pending.filter((one) => freeOf(one) <= now);
  const [first] = speakable;
  if (first === undefined) return { kind: 'wait', until: Math.min(...pending.map(freeOf)) };
  const until = channelFreeAt(sent, speakable, now);
  if (until > now) return { kind: 'wait', until };
  const calm = speakable.length < stormSize && lately(sent, now, windowMs).length + speakable.length <= burst;
  return { kind: 'send', deliveryIds: (calm ? [first] : speakable).map(({ deliveryId }) => deliveryId) };
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
  if (recent.length < cap) return { kind: 'free' };
  const oldest = cap > 0 ? recent.at(-cap) : undefined; // a cap of 0 is never free
  return { kind: 'held', until: (oldest ?? now) + hourMs };
};
