import { type PendingAlert, paceOf, type Sent } from './alert-pace.ts';

/** News for one channel: when it came (ms) and about which monitor. */
export type Arrival = Readonly<{ at: number; monitorId: string | null }>;
/** A message: decided `from`, accepted `at`, and the news it tells, by their place among the arrivals. */
export type Message = Readonly<{ from: number; at: number; news: readonly number[] }>;
export type Habits = Readonly<{
  /** How long the nth message takes. */
  sendMs: (n: number) => number;
  /** What has to wait is not looked at again before its time, as when it is put off in a table; else everything is. */
  putsOff: boolean;
}>;

type Waiting = Readonly<{ place: number; monitorId: string | null; dueAt: number }>;

/** What is due, and not behind earlier news of its monitor that isn't. */
const visible = (waiting: readonly Waiting[], now: number): readonly Waiting[] => {
  const blocked = new Set<string | null>();
  return waiting.filter(({ monitorId, dueAt }) => {
    if (dueAt <= now && (monitorId === null || !blocked.has(monitorId))) return true;
    blocked.add(monitorId);
    return false;
  });
};

const pendingOf = ({ place, monitorId, dueAt }: Waiting): PendingAlert => ({
  deliveryId: String(place),
  monitorId,
  createdAt: dueAt,
});

const halfHourMs = 30 * 60_000;

/** Lets one worker serve a channel until everything is told; throws when it never is. */
export const serve = (arrivals: readonly Arrival[], { sendMs, putsOff }: Habits): readonly Message[] => {
  const coming = arrivals.map((one, place) => ({ ...one, place })).toSorted((a, b) => a.at - b.at);
  const messages: Message[] = [];
  let waiting: readonly Waiting[] = [];
  let now = 0;
  for (let steps = 0; coming.length > 0 || waiting.length > 0; steps++) {
    if (steps > 20 * arrivals.length + 1_000) throw new Error('the worker turns in circles');
    const later = coming.findIndex(({ at }) => at > now);
    const arrived = coming.splice(0, later < 0 ? coming.length : later);
    waiting = [...waiting, ...arrived.map(({ place, monitorId, at }) => ({ place, monitorId, dueAt: at }))];
    const seen = visible(waiting, now);
    const nextComes = coming[0]?.at ?? Number.POSITIVE_INFINITY;
    if (seen.length === 0) {
      now = Math.min(nextComes, ...waiting.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > now));
      continue;
    }
    const sent: readonly Sent[] = messages
      .filter(({ at }) => at > now - halfHourMs)
      .map(({ at, news }) => ({ at, monitorIds: news.flatMap((place) => arrivals[place]?.monitorId ?? []) }));
    const pace = paceOf({ sent, pending: seen.map(pendingOf), now });
    if (pace.kind === 'send') {
      const told = new Set(pace.deliveryIds.map(Number));
      if (told.size === 0) throw new Error('an empty message');
      messages.push({ from: now, at: now + sendMs(messages.length), news: [...told] });
      waiting = waiting.filter(({ place }) => !told.has(place));
      now = messages.at(-1)?.at ?? now;
    } else {
      if (pace.until <= now) throw new Error('to wait until now is not to wait');
      const put = new Set(putsOff ? seen : []);
      waiting = waiting.map((one) => (put.has(one) ? { ...one, dueAt: pace.until } : one));
      now = Math.min(nextComes, pace.until, ...waiting.map(({ dueAt }) => dueAt).filter((dueAt) => dueAt > now));
    }
  }
  return messages;
};

/** The most messages in any stretch of this length, its two ends included. */
export const mostWithin = (messages: readonly Message[], ms: number): number =>
  Math.max(0, ...messages.map(({ at }) => messages.filter((other) => other.at >= at && other.at <= at + ms).length));
