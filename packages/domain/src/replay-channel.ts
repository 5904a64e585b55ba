import { isOvertaken, rankOf } from './alert-order.ts';
import { hourlyCap, isPhone, paceOf, paceWindowMs, phoneCap, type Sent } from './alert-pace.ts';
import type { PastChannel, PastIncident } from './past-incident.ts';

/** One piece of news for one channel: planned `at`, due later where it is quiet there or told together with others. */
export type PastNews = {
  readonly incident: PastIncident;
  readonly event: string;
  readonly at: number;
  readonly putOffBy: 'quiet-hours' | 'gathered' | null;
  readonly place: number;
  dueAt: number;
};
/** A message that went out: several pieces of news, or one. */
export type PastMessage = Readonly<{ at: number; channelId: string; news: readonly PastNews[] }>;

/** A provider takes a moment: what is told again after exactly five minutes is within five minutes of the last. */
const arrivesMs = 100;

export type ChannelQueue = Readonly<{
  channel: PastChannel;
  add: (news: PastNews) => void;
  /** Takes back what waits and fits; answers it. */
  take: (fits: (news: PastNews) => boolean) => readonly PastNews[];
  /** Sends what goes out by this moment. */
  send: (now: number) => readonly PastMessage[];
  /** When something is due next after this moment; null = nothing waits. */
  nextAfter: (now: number) => number | null;
}>;

/** As the worker's table puts it: by incident, then by its story, then as it was planned. */
const isEarlier = (a: PastNews, b: PastNews): boolean => {
  if (a.incident.id !== b.incident.id) return a.incident.id < b.incident.id;
  const ranks = rankOf(a.event) - rankOf(b.event);
  return ranks === 0 ? a.place < b.place : ranks < 0;
};

/** What is due, and not behind earlier news of its monitor that isn't. */
const visible = (waiting: readonly PastNews[], now: number): readonly PastNews[] => {
  const blocked = new Set<string>();
  return waiting.filter(({ incident: { monitorId }, dueAt }) => {
    if (dueAt > now) blocked.add(monitorId);
    return !blocked.has(monitorId);
  });
};

const endOf = ({ overAt, ended }: PastIncident, now: number): PastIncident['ended'] =>
  overAt !== null && overAt <= now ? (ended ?? 'recovered') : null;

/**
 * A channel as a worker serves it (`phones`: when the organisation's were texted or called, oldest first; all its channels share them), by the rules that decide about a present message: what is overtaken is dropped, a
 * program hears each piece of news by itself, people hear at the pace of theirs. Each message arrives, and at once.
 */
export const openChannelQueue = (channel: PastChannel, phones: number[]): ChannelQueue => {
  const { channelId, listener, kind } = channel;
  let waiting: PastNews[] = [];
  let sent: Sent[] = [];
  const take: ChannelQueue['take'] = (fits) => {
    const taken = waiting.filter(fits);
    if (taken.length > 0) waiting = waiting.filter((one) => !fits(one));
    return taken;
  };
  /** Drops what is due and overtaken. */
  const sift = (now: number): void => {
    const late = visible(waiting, now).filter(({ incident }) => endOf(incident, now) !== null);
    if (late.length === 0) return;
    const recovering = new Set(waiting.filter(({ event }) => event === 'incident.resolved').map((one) => one.incident));
    const over = new Set(
      late.filter(({ incident, event }) =>
        isOvertaken({ event, listener, ended: endOf(incident, now), recoveryWaits: recovering.has(incident) }),
      ),
    );
    if (over.size > 0) waiting = waiting.filter((one) => !over.has(one));
  };
  const told = (now: number, news: readonly PastNews[]): PastMessage => {
    const gone = new Set(news);
    waiting = waiting.filter((one) => !gone.has(one));
    const monitorIds = [...new Set(news.map(({ incident }) => incident.monitorId))];
    sent = [...sent.filter(({ at }) => at > now - paceWindowMs), { at: now + arrivesMs, monitorIds }];
    if (isPhone(kind)) phones.push(now + arrivesMs);
    return { at: now, channelId, news };
  };
  const putOff = (news: readonly PastNews[], until: number): null => {
    for (const one of news) one.dueAt = until;
    return null;
  };
  const nextMessage = (now: number): PastMessage | null => {
    sift(now);
    const due = visible(waiting, now);
    const [first] = due;
    if (first === undefined) return null;
    if (listener === 'program') return told(now, [first]);
    const cap = isPhone(kind) ? hourlyCap({ sentAt: phones, now, cap: phoneCap }) : null;
    if (cap?.kind === 'held') return putOff(due, cap.until);
    const pending = due.map(({ place, incident, at }) => ({
      ...{ deliveryId: `${place}`, monitorId: incident.monitorId, createdAt: at },
    }));
    const pace = paceOf({ sent: sent.filter(({ at }) => at > now - paceWindowMs), pending, now });
    if (pace.kind === 'wait') return putOff(due, pace.until);
    const ids = new Set(pace.deliveryIds);
    return told(
      now,
      due.filter(({ place }) => ids.has(`${place}`)),
    );
  };
  return {
    ...{ channel, take },
    add: (news) => {
      const later = waiting.findLastIndex((one) => isEarlier(one, news));
      waiting.splice(later + 1, 0, news);
    },
    send: (now) => {
      const messages: PastMessage[] = [];
      for (let one = nextMessage(now); one !== null; one = nextMessage(now)) messages.push(one);
      return messages;
    },
    nextAfter: (now) =>
      waiting.reduce<number | null>(
        (next, { dueAt }) => (dueAt > now && (next === null || dueAt < next) ? dueAt : next),
        null,
      ),
  };
};
