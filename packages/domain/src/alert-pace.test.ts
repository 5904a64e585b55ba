import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hourlyCap, type PendingAlert, paceOf, type Sent } from './alert-pace.ts';
import { type Arrival, type Message, mostWithin, playPace } from './pace.fixture.ts';

const second = 1_000;
const minute = 60 * second;
const now = 10_000_000;

const pendingOf = (...monitorIds: readonly (string | null)[]): readonly PendingAlert[] =>
  monitorIds.map((monitorId, i) => ({ deliveryId: `d${i}`, monitorId, createdAt: now }));
const sentOf = (...ago: readonly (readonly [seconds: number, ...monitorIds: string[]])[]): readonly Sent[] =>
  ago.map(([seconds, ...monitorIds]) => ({ at: now - seconds * second, monitorIds }));
const send = (...deliveryIds: readonly string[]) => ({ kind: 'send', deliveryIds });
const wait = (seconds: number) => ({ kind: 'wait', until: now + seconds * second });

const flapped = sentOf([1_000, 'a'], [900, 'a'], [800, 'a'], [700, 'a'], [600, 'a']);
test.each<[string, readonly Sent[], readonly PendingAlert[], unknown]>([
  ['a lone alert on a quiet channel goes at once', [], pendingOf('a'), send('d0')],
  ['so does one about no monitor', [], pendingOf(null), send('d0')],
  ['two are told one by one', [], pendingOf('a', 'b'), send('d0')],
  ['the second of them goes at once too', sentOf([0, 'a']), pendingOf('b'), send('d0')],
  ['and a third', sentOf([2, 'a'], [1, 'b']), pendingOf('c'), send('d0')],
  ['a fourth within five minutes is gathered', sentOf([12, 'a'], [11, 'b'], [10, 'c']), pendingOf('d'), wait(20)],
  ['… for half a minute', sentOf([32, 'a'], [31, 'b'], [30, 'c']), pendingOf('d', 'e'), send('d0', 'd1')],
  ['a fifth for a minute', sentOf([62, 'a'], [61, 'b'], [60, 'c'], [30, 'd']), pendingOf('e'), wait(30)],
  ['many at once are one message', [], pendingOf('a', 'b', 'c', 'd', 'e'), send('d0', 'd1', 'd2', 'd3', 'd4')],
  ['after which the rest is gathered', sentOf([1, 'a', 'b', 'c', 'd', 'e']), pendingOf('f'), wait(29)],
  ['many soon after one are gathered', sentOf([1, 'a']), pendingOf('b', 'c', 'd', 'e', 'f'), wait(29)],
  ['a monitor heard of five times in half an hour waits', flapped, pendingOf('a'), wait(800)],
  ['… and holds up no other', flapped, pendingOf('a', 'b'), send('d1')],
  ['… nor what is about none', flapped, pendingOf('a', null), send('d1')],
  ['five minutes later it is quiet again', sentOf([302, 'a'], [301, 'b'], [300, 'c']), pendingOf('d'), send('d0')],
])('%s', (_, sent, pending, expected) => expect(paceOf({ sent, pending, now })).toEqual(expected));

test('of the two sorts of waiting the one that ends first counts', () => {
  const pending = pendingOf('a', 'b');
  const both = [...flapped, ...sentOf([12, 'w'], [10, 'x'], [5, 'y'])];
  expect(paceOf({ sent: both, pending, now })).toEqual(wait(25)); // for b, not the 800 s for a
});

const spread = (count: number, overMs: number, from = now): readonly Arrival[] =>
  Array.from({ length: count }, (_, i) => ({ at: from + Math.floor((i * overMs) / count), monitorId: `m${i}` }));
const named = (messages: readonly Message[]): number =>
  new Set(messages.flatMap(({ items }) => items.map(({ monitorId }) => monitorId))).size;
const slow = () => 4 * second;

test.each([
  ['at once', undefined],
  ['slowly', slow],
])('200 down within 30 s and up again, sent %s: at most ten messages in any five minutes, all named', (_, sendMs) => {
  const down = spread(200, 30 * second);
  for (const later of [20, 60, 120, 250]) {
    const messages = playPace([...down, ...spread(200, 30 * second, now + later * second)], sendMs);
    expect(mostWithin(messages, 5 * minute)).toBeLessThanOrEqual(10);
    expect(messages.flatMap(({ items }) => items)).toHaveLength(400);
    expect(named(messages)).toBe(200);
  }
});

test('3,000 within 30 s: the first message at once, then one digest that names the rest', () => {
  const messages = playPace(spread(3_000, 30 * second), () => 300);
  expect(messages.map(({ items }) => items.length)).toEqual([1, 2_999]);
  expect((messages[1]?.at ?? 0) - now).toBeLessThanOrEqual(31 * second);
});

test('one monitor that flaps every 20 s: at most six messages in any half hour, and a lone other is not held up', () => {
  const flaps = Array.from({ length: 400 }, (_, i) => ({ at: now + i * 20 * second, monitorId: 'flap' }));
  const other = { at: now + 50 * minute, monitorId: 'other' };
  const messages = playPace([...flaps, other]);
  const about = (monitorId: string) =>
    messages.filter(({ items }) => items.some((item) => item.monitorId === monitorId));
  expect(mostWithin(about('flap'), 30 * minute)).toBeLessThanOrEqual(6);
  expect((about('other')[0]?.at ?? 0) - other.at).toBeLessThanOrEqual(minute);
  expect(messages.flatMap(({ items }) => items)).toHaveLength(401);
});

// Not fc.double: most of its numbers lie next to 0, and everything would arrive at once.
const permille = fc.nat(1_000).map((n) => n / 1_000);
/** Quiet stretches, trickles and storms over half an hour, from one to forty monitors. */
const timelines = fc
  .tuple(
    fc.integer({ min: 1, max: 40 }),
    fc.array(
      fc.record({
        from: fc.nat(35 * minute),
        overMs: fc.constantFrom(0, 2 * second, 30 * second, 5 * minute, 30 * minute),
        places: fc.array(fc.tuple(permille, fc.nat(99)), {
          maxLength: 60,
          size: 'max',
        }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([monitors, bursts]) =>
    bursts.flatMap(({ from, overMs, places }) =>
      places.map(([share, n]) => ({
        at: now + from + Math.floor(share * overMs),
        monitorId: n === 99 ? null : `m${n % monitors}`,
      })),
    ),
  );
const sendTimes = fc.array(fc.constantFrom(0, 0, 50, 900, 10_000), { minLength: 1, maxLength: 7 });

test('whatever arrives when: every window keeps its limit, nothing is lost, doubled, out of order or starved', () => {
  fc.assert(
    fc.property(timelines, sendTimes, (arrivals, times) => {
      const messages = playPace(arrivals, (n) => times[n % times.length] ?? 0);
      const items = messages.flatMap(({ items: told }) => told);
      expect(new Set(items.map(({ deliveryId }) => deliveryId)).size).toBe(arrivals.length);
      expect(items).toHaveLength(arrivals.length);
      expect(mostWithin(messages, 5 * minute)).toBeLessThanOrEqual(8);
      for (const monitorId of new Set(arrivals.flatMap((one) => one.monitorId ?? []))) {
        const about = messages.filter(({ items: told }) => told.some((item) => item.monitorId === monitorId));
        expect(mostWithin(about, 30 * minute)).toBeLessThanOrEqual(5);
        const order = items.filter((item) => item.monitorId === monitorId).map(({ createdAt }) => createdAt);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
      const slack = 3 * Math.max(...times); // one that is on its way, one before this, and this one's own way
      for (const { at, items: told } of messages)
        for (const { monitorId, createdAt } of told)
          expect(at - createdAt).toBeLessThanOrEqual((monitorId === null ? 1 : 30) * minute + slack);
    }),
    { numRuns: 200 },
  );
});

test('a monitor with few news of its own hears at the channel’s own pace, however others flap', () => {
  fc.assert(
    fc.property(timelines, fc.nat(60 * minute), (arrivals, after) => {
      const calm = { at: now + after, monitorId: 'calm' };
      const told = playPace([...arrivals, calm]).find(({ items }) => items.some((item) => item.monitorId === 'calm'));
      expect((told?.at ?? Number.POSITIVE_INFINITY) - calm.at).toBeLessThanOrEqual(minute);
    }),
    { numRuns: 100 },
  );
});

test('however 3,000 fall into 30 s: at most three messages and a digest in the first two minutes, and they name all', () => {
  const moments = fc.array(fc.nat(30 * second - 1), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(moments, fc.constantFrom(0, 40, 900, 5_000), (places, sendMs) => {
      const most = places.length;
      const storm = Array.from({ length: 3_000 }, (_, i) => ({
        at: now + (places[i % most] ?? 0),
        monitorId: `m${i}`,
      }));
      const alone = places.map((at, i) => ({ at: now + at, monitorId: `lone${i}` }));
      for (const arrivals of [storm, alone]) {
        const messages = playPace(arrivals, () => sendMs);
        const first = Math.min(...arrivals.map(({ at }) => at));
        const soon = messages.filter(({ at }) => at < first + 2 * minute);
        expect(soon.length).toBeLessThanOrEqual(4);
        expect(soon.flatMap(({ items }) => items)).toHaveLength(arrivals.length);
      }
    }),
    { numRuns: 60 },
  );
});

const hour = 60 * minute;
test.each<[string, readonly number[], number, unknown]>([
  ['nothing was sent', [], 20, { kind: 'free' }],
  ['one below the cap', [now - 3, now - 2], 3, { kind: 'free' }],
  ['the cap is reached', [now - 30, now - 20, now - 10], 3, { kind: 'held', until: now - 30 + hour }],
  [
    'beyond it the cap-newest decides',
    [now - 40, now - 30, now - 20, now - 10],
    3,
    { kind: 'held', until: now - 30 + hour },
  ],
  ['an hour later one is free again', [now - hour, now - 20, now - 10], 3, { kind: 'free' }],
  ['a cap of none lets nothing through', [], 0, { kind: 'held', until: now + hour }],
])('texts and calls: %s', (_, sentAt, cap, expected) => expect(hourlyCap({ sentAt, now, cap })).toEqual(expected));

test('in any hour there are no more texts and calls than the cap, and a hold ends by letting one through', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(200 * minute), { maxLength: 80, size: 'max' }),
      fc.integer({ min: 1, max: 20 }),
      (wanted, cap) => {
        const sentAt: number[] = [];
        for (const at of wanted.toSorted((a, b) => a - b)) {
          const last = Math.max(at, sentAt.at(-1) ?? at);
          const answer = hourlyCap({ sentAt, now: last, cap });
          const when = answer.kind === 'free' ? last : answer.until;
          expect(hourlyCap({ sentAt, now: when, cap })).toEqual({ kind: 'free' });
          sentAt.push(when);
        }
        for (const at of sentAt)
          expect(sentAt.filter((one) => one >= at && one < at + hour).length).toBeLessThanOrEqual(cap);
      },
    ),
  );
});
