import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Stretch, uptimeOf } from './uptime.ts';

const hour = { from: 0, until: 3_600 };
const nothing = { down: [], unknown: [], leftOut: [] };

test('what was not down was up', () => {
  expect(uptimeOf(hour, { ...nothing, down: [{ from: 100, until: 460 }] })).toEqual({
    ...{ upMs: 3_240, downMs: 360, unknownMs: 0, leftOutMs: 0 },
    ratio: 0.9,
  });
});
test('a gap is neither up nor down', () => {
  const gap = uptimeOf(hour, { ...nothing, unknown: [{ from: 0, until: 1_800 }], down: [{ from: 0, until: 1_980 }] });
  expect(gap).toMatchObject({ upMs: 1_620, downMs: 180, unknownMs: 1_800, ratio: 0.9 });
  expect(uptimeOf(hour, { ...nothing, unknown: [{ from: -5, until: 9_999 }] }).ratio).toBeNull();
});
test('a window that is left out hides what was down or unknown in it', () => {
  const out = { from: 1_000, until: 2_000 };
  const seen = { down: [{ from: 900, until: 2_100 }], unknown: [{ from: 1_500, until: 1_600 }], leftOut: [out] };
  expect(uptimeOf(hour, seen)).toMatchObject({ leftOutMs: 1_000, unknownMs: 0, downMs: 200, upMs: 2_400 });
});

const stretches = fc.array(
  fc
    .tuple(fc.integer({ min: -50, max: 150 }), fc.integer({ min: 0, max: 60 }))
    .map(([from, n]) => ({ from, until: from + n })),
  { maxLength: 8 },
);
test('it equals a count of every single millisecond', () => {
  const within = (list: readonly Stretch[], at: number): boolean =>
    list.some(({ from, until }) => from <= at && at < until);
  fc.assert(
    fc.property(stretches, stretches, stretches, (down, unknown, leftOut) => {
      const count = { upMs: 0, downMs: 0, unknownMs: 0, leftOutMs: 0 };
      for (let at = 0; at < 100; at++) {
        if (within(leftOut, at)) count.leftOutMs += 1;
        else if (within(unknown, at)) count.unknownMs += 1;
        else if (within(down, at)) count.downMs += 1;
        else count.upMs += 1;
      }
      expect(uptimeOf({ from: 0, until: 100 }, { down, unknown, leftOut })).toMatchObject(count);
    }),
  );
});
