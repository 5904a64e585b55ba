/** A message that a channel got: when (epoch ms), and about which monitors. */
export type Sent = Readonly<{ at: number; monitorIds: readonly string[] }>;
/** Something due for a channel; `monitorId` null = it is about none. */
export type PendingAlert = Readonly<{ deliveryId: string; monitorId: string | null; createdAt: number }>;
export type Pace =
  | Readonly<{ kind: 'send'; deliveryIds: readonly string[] }>
  | Readonly<{ kind: 'wait'; until: number }>;

/** Messages of a channel are counted over this long: never more than eight of them. */
const windowMs = 5 * 60_000;
const mostAtOnce = 3;
/**
 * So many of them go at once, fewer the more monitors they and what is due are about: who watches one or two hears each
 * piece of news by itself, a storm is one message and a digest.
 */
const atOnce = (monitors: number): number => (monitors <= 2 ? mostAtOnce : monitors <= 5 ? 2 : 1);
/** Then it is gathered: this long after the channel's last message, and longer once it had several of them. */
const firstGatherMs = 30_000;
const gatherMs = 60_000;
/** About one monitor: so many in half an hour at once, the later ones this long after the last; never more than six. */
const monitorWindowMs = 30 * 60_000;
/** So far back a channel's messages are counted. */
export const paceWindowMs = monitorWindowMs;
const monitorAtOnce = 4;
const monitorGatherMs = 12 * 60_000;

const lately = (sent: readonly Sent[], now: number, ms: number): readonly Sent[] =>
  sent.filter(({ at }) => at > now - ms);

/** From when on the channel takes its next message. */
const channelFreeAt = (sent: readonly Sent[], pending: readonly PendingAlert[], now: number): number => {
  const recent = lately(sent, now, windowMs);
  const last = recent.at(-1);
  if (last === undefined || recent.length < atOnce(monitorsOf(recent, pending))) return now;
  return last.at + (recent.length <= mostAtOnce ? firstGatherMs : gatherMs);
};

/** How many monitors were told of, or wait; what is about none counts as one. */
const monitorsOf = (recent: readonly Sent[], pending: readonly PendingAlert[]): number =>
  new Set([
    ...recent.flatMap(({ monitorIds }) => monitorIds),
    ...pending.map(({ monitorId, deliveryId }) => monitorId ?? deliveryId),
  ]).size;

type Heard = Readonly<{ count: number; lastAt: number }>;

/** How often the channel heard of each monitor within its window, and when last. */
const heardOf = (sent: readonly Sent[], now: number): ReadonlyMap<string, Heard> => {
  const heard = new Map<string, Heard>();
  for (const { at, monitorIds } of lately(sent, now, monitorWindowMs))
    for (const id of new Set(monitorIds)) heard.set(id, { count: (heard.get(id)?.count ?? 0) + 1, lastAt: at });
  return heard;
};

const monitorFreeAt = (heard: Heard | undefined, now: number): number =>
  heard === undefined || heard.count < monitorAtOnce ? now : heard.lastAt + monitorGatherMs;

/** Whether each of these may be a message of its own: else what the first one leaves behind would wait once more. */
const maySpread = (pending: readonly PendingAlert[], recent: readonly Sent[], heard: ReadonlyMap<string, Heard>) => {
  if (recent.length + pending.length > atOnce(monitorsOf(recent, pending))) return false;
  return pending.every(({ monitorId }) => {
    if (monitorId === null) return true;
    const more = pending.filter((other) => other.monitorId === monitorId).length;
    return more === 1 || (heard.get(monitorId)?.count ?? 0) + more <= monitorAtOnce;
  });
};

/**
 * What a channel's next message tells, or when to ask again: a lone alert on a quiet channel at once; many together as
 * one. At most 8 messages in any five minutes and 6 about one monitor in any thirty; whatever waits may be told at the
 * latest 60 s after the channel's last message, and news of a flapping monitor 12 min after the last one about it, as
 * soon as the channel is free. `sent`: the last half hour, oldest first; `pending`: what is due, in the order it must be told,
 * at least one.
 */
export const paceOf = ({
  sent,
  pending,
  now,
}: Readonly<{ sent: readonly Sent[]; pending: readonly PendingAlert[]; now: number }>): Pace => {
  const heard = heardOf(sent, now);
  const freeOf = ({ monitorId }: PendingAlert): number =>
    monitorId === null ? now : monitorFreeAt(heard.get(monitorId), now);
  const speakable = pending.filter((one) => freeOf(one) <= now);
  const [first] = speakable;
  if (first === undefined) return { kind: 'wait', until: Math.min(...pending.map(freeOf)) };
  const until = channelFreeAt(sent, speakable, now);
  if (until > now) return { kind: 'wait', until };
  const told = maySpread(speakable, lately(sent, now, windowMs), heard) ? [first] : speakable;
  return { kind: 'send', deliveryIds: told.map(({ deliveryId }) => deliveryId) };
};

/** Texts and calls of one organisation, and of all to one phone, an hour. */
export const phoneCap = 20;
/** What is capped: it costs money, and sleep. */
export const isPhone = (kind: string): boolean => kind === 'sms' || kind === 'voice';

export type Cap = Readonly<{ kind: 'free' } | { kind: 'held'; until: number }>;
const hourMs = 3_600_000;

/** Whether one more text or call may be made this hour; `sentAt` (epoch ms) oldest first. A cap of 0 = none ever. */
export const hourlyCap = ({
  sentAt,
  now,
  cap,
}: Readonly<{ sentAt: readonly number[]; now: number; cap: number }>): Cap => {
  const recent = sentAt.filter((at) => at > now - hourMs);
  if (recent.length < cap) return { kind: 'free' };
  const oldest = cap > 0 ? recent.at(-cap) : undefined;
  return { kind: 'held', until: (oldest ?? now) + hourMs };
};
