import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arrival, type Habits, type Message, mostWithin, serve } from './alert-channel.fixture.ts';
import { type PendingAlert, paceOf } from './alert-pace.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const habits: fc.Arbitrary<Habits> = fc.record({
  sendMs: fc.array(fc.nat(2_000), { minLength: 1, maxLength: 9 }).map((all) => (n: number) => all[n % all.length] ?? 0),
  putsOff: fc.boolean(),
});
/** What is put off may be overtaken by fresh news of other monitors, up to three times within the window. */
const longestOf = ({ putsOff }: Habits): number => (putsOff ? 4 * minute : 70 * second);
const down = (at: number, monitorId: string | null): Arrival => ({ at, monitorId });
const about = (arrivals: readonly Arrival[], messages: readonly Message[], monitorId: string) =>
  messages.filter(({ news }) => news.some((place) => arrivals[place]?.monitorId === monitorId));

/** What holds of every channel: each piece of news in exactly one message, none before it came, a monitor's in order. */
const expectTold = (arrivals: readonly Arrival[], messages: readonly Message[]): void => {
  const told = messages.flatMap(({ from, news }) => news.map((place) => ({ place, from })));
  expect(told.map(({ place }) => place).toSorted((a, b) => a - b)).toEqual(arrivals.map((_, place) => place));
  const newest = new Map<string | null, number>();
  const wrong = told.filter(({ place, from }) => {
    const { at, monitorId } = arrivals[place] ?? down(0, null);
    const before = monitorId === null ? 0 : (newest.get(monitorId) ?? 0);
    newest.set(monitorId, at);
    return from < at || at < before;
  });
  expect(wrong).toEqual([]);
};

/** How long each piece of news waited after it came and after the channel's message before. */
const waitsOf = (arrivals: readonly Arrival[], messages: readonly Message[]) =>
  messages.flatMap(({ from, news }, i) =>
    news.map((place) => {
      const { at, monitorId } = arrivals[place] ?? down(0, null);
      const silence = from - Math.max(at, messages[i - 1]?.at ?? 0);
      return { monitorId, waited: from - at, silence };
    }),
  );

describe('a quiet channel', () => {
  test('a lone alert goes at once', () => {
    const one: PendingAlert = { deliveryId: 'd', monitorId: 'm', createdAt: 0 };
    expect(paceOf({ sent: [], pending: [one], now: 5 })).toEqual({ kind: 'send', deliveryIds: ['d'] });
    const long = [{ at: 5 - 5 * minute, monitorIds: ['a', 'b', 'c', 'd', 'e', 'm'] }];
    expect(paceOf({ sent: long, pending: [one], now: 5 })).toEqual({ kind: 'send', deliveryIds: ['d'] });
  });

  test.each<[string, readonly Arrival[], readonly [number, number][]]>([
    [
      'down, acknowledged and up are three messages',
      [0, 20, 50].map((s) => down(s * second, 'm')),
      [
        [0, 1],
        [20, 1],
        [50, 1],
      ],
    ],
    [
      'two down together are told one by one',
      [down(0, 'a'), down(0, 'b')],
      [
        [0, 1],
        [0, 1],
      ],
    ],
    ['three down together are one message', ['a', 'b', 'c'].map((id) => down(0, id)), [[0, 3]]],
    [
      'the third monitor of an outage waits for the rest',
      ['a', 'b', 'c', 'd'].map((id, i) => down(i * second, id)),
      [
        [0, 1],
        [1, 1],
        [31, 2],
      ],
    ],
    [
      'a few more than one go at once',
      [down(0, 'a'), down(9_000, 'b'), down(9_000, 'c')],
      [
        [0, 1],
        [9, 2],
      ],
    ],
    [
      'a storm after the first waits for the rest',
      [down(0, 'a'), ...'bcdefgh'.split('').map((id) => down(9_000, id))],
      [
        [0, 1],
        [30, 7],
      ],
    ],
    [
      'monitors that fail a minute apart are told at once',
      ['a', 'b', 'c', 'd'].map((id, i) => down(i * minute, id)),
      [
        [0, 1],
        [60, 1],
        [120, 1],
        [180, 1],
      ],
    ],
    [
      'what is about no monitor is gathered likewise',
      [0, 0, 0, 0, 1, 2].map((s) => down(s * second, null)),
      [
        [0, 4],
        [1, 1],
        [2, 1],
      ],
    ],
  ])('%s', (_, arrivals, expected) => {
    for (const putsOff of [false, true]) {
      const messages = serve(arrivals, { sendMs: () => 0, putsOff });
      expect(messages.map(({ from, news }) => [from / second, news.length])).toEqual(expected);
    }
  });
});

describe('a storm', () => {
  const ups = fc.array(fc.tuple(fc.nat(30 * second), fc.integer({ min: 31 * second, max: 5 * minute })), {
    minLength: 200,
    maxLength: 200,
  });
  test('200 monitors down within 30 s and up again: at most 10 messages in any five minutes, each news in one', () => {
    fc.assert(
      fc.property(ups, habits, (monitors, how) => {
        const arrivals = monitors.flatMap(([from, until], i) => [down(from, `m${i}`), down(until, `m${i}`)]);
        const messages = serve(arrivals, how);
        expectTold(arrivals, messages);
        expect(mostWithin(messages, 5 * minute)).toBeLessThanOrEqual(10);
        expect(Math.max(...messages.map(({ at }) => at))).toBeLessThanOrEqual(5 * minute + 64 * second);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 60_000);

  /** Batches of up to 500 within 30 s, 3,000 and more in all: [moment, size]. */
  const batches = fc
    .array(fc.tuple(fc.nat(30 * second), fc.oneof(fc.constantFrom(1, 2, 3, 4), fc.integer({ min: 1, max: 500 }))), {
      minLength: 1,
      maxLength: 25,
    })
    .map((some) => {
      const sure = Array.from({ length: 6 }, (_, i) => [i * 4_999, 500] as const);
      return [...some, ...sure].toSorted(([a], [b]) => a - b);
    });
  test.each([
    ['quiet', []],
    ['busy', [-200, -140, -80, -25, -20].map((s) => s * second)],
    ['that had a message', [-29 * second]],
  ])(
    '3,000 within 30 s, in whatever batches, are at most 3 messages in two minutes on a channel %s',
    (_, past) => {
      fc.assert(
        fc.property(batches, habits, fc.boolean(), (some, how, firstAlone) => {
          const first = 5 * minute + (some[0]?.[0] ?? 0);
          const start = firstAlone ? first - second : first;
          const pours = some
            .filter(([at]) => 5 * minute + at <= start + 30 * second)
            .flatMap(([at, size], b) => Array.from({ length: size }, (__, i) => down(5 * minute + at, `${b}.${i}`)));
          const alone = firstAlone ? [down(start, 'alone')] : [];
          const arrivals = [...past.map((at, i) => down(start + at, `old${i}`)), ...alone, ...pours];
          const messages = serve(arrivals, how);
          expectTold(arrivals, messages);
          const soon = messages.filter(({ from }) => from >= start && from <= start + 2 * minute);
          expect(soon.length).toBeLessThanOrEqual(3);
        }),
        { numRuns: 15, endOnFailure: true },
      );
    },
    60_000,
  );
});

describe('a flapping monitor', () => {
  const flaps = fc
    .array(fc.integer({ min: 20 * second, max: 60 * second }), { minLength: 100, maxLength: 400 })
    .map((gaps) =>
      gaps.map((_, i) =>
        down(
          gaps.slice(0, i + 1).reduce((a, b) => a + b, 0),
          'flapping',
        ),
      ),
    );
  const others = fc.array(fc.nat(4 * hour), { maxLength: 60 }).map((all) => all.toSorted((a, b) => a - b));
  test('is told of at most 6 times in any 30 minutes, is never kept long, and keeps no other waiting', () => {
    fc.assert(
      fc.property(flaps, others, habits, (flapping, rest, how) => {
        const arrivals = [...flapping, ...rest.map((at, i) => down(at, `other${i}`))];
        const messages = serve(arrivals, how);
        expectTold(arrivals, messages);
        expect(mostWithin(about(arrivals, messages, 'flapping'), 30 * minute)).toBeLessThanOrEqual(6);
        const late = waitsOf(arrivals, messages).filter(({ monitorId, waited, silence }) =>
          monitorId === 'flapping'
            ? waited > 12 * minute + longestOf(how)
            : waited > longestOf(how) || silence > minute,
        );
        expect(late).toEqual([]);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 60_000);
});

describe('whatever comes', () => {
  const burst = fc.tuple(
    fc.nat(2 * hour),
    fc.array(fc.tuple(fc.nat(90 * second), fc.option(fc.integer({ min: 0, max: 30 }), { freq: 9 })), { maxLength: 60 }),
  );
  const arrivalsOf = fc
    .array(burst, { maxLength: 8 })
    .map((bursts) =>
      bursts
        .flatMap(([start, news]) => news.map(([after, id]) => down(start + after, id === null ? null : `m${id}`)))
        .toSorted((a, b) => a.at - b.at),
    );
  test('eight messages in five minutes are the most, six about one monitor in thirty, and nothing starves', () => {
    fc.assert(
      fc.property(arrivalsOf, habits, (arrivals, how) => {
        const messages = serve(arrivals, how);
        expectTold(arrivals, messages);
        expect(mostWithin(messages, 5 * minute - 1)).toBeLessThanOrEqual(8);
        for (const id of new Set(arrivals.flatMap(({ monitorId }) => monitorId ?? [])))
          expect(mostWithin(about(arrivals, messages, id), 30 * minute)).toBeLessThanOrEqual(6);
        const late = waitsOf(arrivals, messages).filter(
          ({ monitorId, waited }) => waited > longestOf(how) + (monitorId === null ? 0 : 12 * minute),
        );
        expect(late).toEqual([]);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  test('a decision is a message that tells something of what is due, or a wait that ends within 12 minutes', () => {
    const moment = fc.nat(40 * minute);
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const sentOf = fc
      .array(fc.record({ at: moment, monitorIds: fc.array(ids) }))
      .map((all) => all.toSorted((a, b) => a.at - b.at));
    fc.assert(
      fc.property(sentOf, fc.array(fc.option(ids), { minLength: 1, maxLength: 12 }), (sent, due) => {
        const now = 40 * minute;
        const pending = due.map((monitorId, i) => ({ deliveryId: `${i}`, monitorId, createdAt: now }));
        const pace = paceOf({ sent, pending, now });
        if (pace.kind === 'wait') {
          expect(pace.until).toBeGreaterThan(now);
          expect(pace.until).toBeLessThanOrEqual(now + 12 * minute);
          return;
        }
        const places = pace.deliveryIds.map((id) => pending.findIndex(({ deliveryId }) => deliveryId === id));
        expect(places).not.toContain(-1);
        expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
        expect(places.length).toBeGreaterThan(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a storm on a channel that has told storms before is decided in no time', () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => `m${i}`);
    const sent = Array.from({ length: 48 }, (_, i) => ({ at: i * 30 * second, monitorIds: ids }));
    const pending = ids.map((monitorId, i) => ({ deliveryId: `${i}`, monitorId, createdAt: 0 }));
    const began = performance.now();
    paceOf({ sent, pending, now: 25 * minute });
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
