import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timelineOf } from './timeline.ts';
import { uptimeOf } from './uptime.ts';

const hour = { from: 0, until: 3_600 };
const nothing = { down: [], unknown: [], leftOut: [] };

test('a range of which nothing is said was up, and an empty one is nothing', () => {
  expect(timelineOf(hour, nothing)).toEqual([{ state: 'up', from: 0, until: 3_600 }]);
  expect(timelineOf({ from: 5, until: 5 }, nothing)).toEqual([]);
});
test('planned work lies over a gap, a gap over an incident', () => {
  const seen = {
    down: [{ from: 900, until: 2_100 }],
    unknown: [{ from: 1_500, until: 1_900 }],
    leftOut: [{ from: 1_000, until: 1_600 }],
  };
  expect(timelineOf(hour, seen).map(({ state, from }) => [from, state])).toEqual([
    [0, 'up'],
    [900, 'down'],
    [1_000, 'left-out'],
    [1_600, 'unknown'],
    [1_900, 'down'],
    [2_100, 'up'],
  ]);
});

const stretches = fc.array(
  fc
    .tuple(fc.integer({ min: -50, max: 150 }), fc.integer({ min: 0, max: 60 }))
    .map(([from, n]) => ({ from, until: from + n })),
  { maxLength: 8 },
);
test('it fills the range without a seam, and adds up to the uptime', () => {
  fc.assert(
    fc.property(stretches, stretches, stretches, (down, unknown, leftOut) => {
      const range = { from: 0, until: 100 };
      const timeline = timelineOf(range, { down, unknown, leftOut });
      const length = (state: string): number =>
        timeline.reduce((sum, one) => sum + (one.state === state ? one.until - one.from : 0), 0);
      const lengths = { upMs: length('up'), downMs: length('down'), unknownMs: length('unknown') };
      expect(uptimeOf(range, { down, unknown, leftOut })).toMatchObject({ ...lengths, leftOutMs: length('left-out') });
      expect(timeline.map(({ from }) => from)).toEqual([0, ...timeline.slice(0, -1).map(({ until }) => until)]);
      expect(timeline.at(-1)?.until).toBe(100);
      expect(timeline.every((one, i) => one.state !== timeline[i + 1]?.state)).toBe(true);
    }),
  );
});
