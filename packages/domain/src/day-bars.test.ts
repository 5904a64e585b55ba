import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayBars } from './day-bars.ts';
import { timelineOf } from './timeline.ts';

const none = { down: [], unknown: [], leftOut: [] };
const hour = 3_600_000;
const range = { from: 0, until: 4 * hour };
const bars = (known: Partial<Parameters<typeof timelineOf>[1]>) =>
  dayBars(timelineOf(range, { ...none, ...known }), { from: 0, count: 4, barMs: hour });

test.each([
  ['all is up', {}, 'uuuu', []],
  ['down for all of one bar', { down: [{ from: hour, until: 2 * hour }] }, 'uduu', [[1, hour]]],
  ['a second of down is seen', { down: [{ from: hour, until: hour + 1_000 }] }, 'upuu', [[1, 1_000]]],
  [
    'over a border',
    { down: [{ from: hour - 5, until: hour + 7 }] },
    'ppuu',
    [
      [0, 5],
      [1, 7],
    ],
  ],
  ['nobody looked at first', { unknown: [{ from: 0, until: 1.5 * hour }] }, '-uuu', []],
  ['maintenance', { leftOut: [{ from: 2 * hour, until: 3 * hour }] }, 'uumu', []],
  [
    'down in maintenance is maintenance',
    { leftOut: [{ from: 0, until: hour }], down: [{ from: 0, until: hour }] },
    'muuu',
    [],
  ],
])('%s', (_, known, letters, down) => {
  expect(bars(known)).toEqual({ bars: letters, down });
});

test('the time that was down is the same in bars as in the timeline', () => {
  const stretch = fc
    .tuple(fc.nat(4 * hour), fc.nat(4 * hour))
    .map(([a, b]) => ({ from: Math.min(a, b), until: Math.max(a, b) }));
  const some = fc.array(stretch, { maxLength: 5 });
  fc.assert(
    fc.property(some, some, some, (down, unknown, leftOut) => {
      const timeline = timelineOf(range, { down, unknown, leftOut });
      const sum = timeline.reduce((ms, { state, from, until }) => ms + (state === 'down' ? until - from : 0), 0);
      const told = dayBars(timeline, { from: 0, count: 4, barMs: hour }).down.reduce((ms, [, one]) => ms + one, 0);
      expect(told).toBe(sum);
    }),
  );
});
