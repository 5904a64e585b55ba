import { type PendingAlert, paceOf, type Sent } from './alert-pace.ts';

/** For tests: a worker that asks paceOf, sends or waits, until all is told. */

export type Arrival = Readonly<{ at: number; monitorId: string | null }>;
export type Message = Readonly<{ at: number; items: readonly PendingAlert[] }>;

const historyMs = 30 * 60_000;
const mostSteps = 100_000;

/**
 * Plays arrivals to one channel. `sendMs` is how long the nth message is on its way: nothing else goes out meanwhile,
 * and it counts as sent when it has arrived. A wait ends early when something new arrives.
 */
export const playPace = (arrivals: readonly Arrival[], sendMs: (n: number) => number = () => 0): readonly Message[] => {
  const coming = arrivals
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, monitorId }, i) => ({ deliveryId: `d${i}`, monitorId, createdAt: at }));
  const messages: Message[] = [];
  const sent: Sent[] = [];
  let pending: readonly PendingAlert[] = [];
  let now = coming[0]?.createdAt ?? 0;
  for (let step = 0; pending.length > 0 || coming.length > 0; step++) {
    if (step > mostSteps) throw new Error('the worker never comes to an end');
    const arrived = coming.filter(({ createdAt }) => createdAt <= now);
    coming.splice(0, arrived.length);
    pending = [...pending, ...arrived];
    if (pending.length === 0) {
      now = coming[0]?.createdAt ?? now;
      continue;
    }
    const pace = paceOf({ sent: sent.filter(({ at }) => at > now - historyMs), pending, now });
    if (pace.kind === 'wait') {
      if (pace.until <= now) throw new Error('a wait that has ended already');
      now = Math.min(pace.until, coming[0]?.createdAt ?? pace.until);
      continue;
    }
    const ids = new Set(pace.deliveryIds);
    const items = pending.filter(({ deliveryId }) => ids.has(deliveryId));
    if (items.length === 0 || items.length !== pace.deliveryIds.length) throw new Error('sent what is not pending');
    pending = pending.filter(({ deliveryId }) => !ids.has(deliveryId));
    now += sendMs(messages.length);
    messages.push({ at: now, items });
    sent.push({ at: now, monitorIds: [...new Set(items.flatMap(({ monitorId }) => monitorId ?? []))] });
  }
  return messages;
};

/** The most messages in any stretch of this length that begins with one of them. */
export const mostWithin = (messages: readonly Message[], ms: number): number =>
  Math.max(0, ...messages.map(({ at }) => messages.filter((other) => other.at >= at && other.at < at + ms).length));
