import fc from 'fast-check';
import { expect, test } from 'vitest';
import { givesUpAfterMs, nextAttemptAt } from './retry-schedule.ts';

const createdAt = 1_700_000_000_000;

test.each([
  [1, 5_000],
  [2, 15_000],
  [3, 60_000],
  [4, 300_000],
  [5, 900_000],
  [6, 3_600_000],
  [20, 3_600_000],
])('after attempt %i the wait is %i ms, and up to a fifth more', (attempts, ms) => {
  const at = (random: number) => nextAttemptAt({ attempts, createdAt, now: createdAt, random });
  expect(at(0)).toBe(createdAt + ms);
  expect(at(0.999_999)).toBeLessThanOrEqual(createdAt + ms * 1.2);
});

test('a receiver that names a time is never called before it, and a short one does not hurry us', () => {
  const at = (afterMs: number) => nextAttemptAt({ attempts: 1, createdAt, now: createdAt, afterMs, random: 0 });
  expect(at(120_000)).toBe(createdAt + 120_000);
  expect(at(1_000)).toBe(createdAt + 5_000);
});

test('a delivery is tried for 24 h, the last time at their end, and then no more', () => {
  const end = createdAt + givesUpAfterMs;
  const at = (now: number) => nextAttemptAt({ attempts: 30, createdAt, now, random: 0.5 });
  expect(at(end - 60_000)).toBe(end);
  expect(at(end)).toBeNull();
});

test('the next attempt always lies ahead, never before what was asked for', () => {
  const attempted = fc.record({
    attempts: fc.integer({ min: 1, max: 100 }),
    now: fc.integer({ min: createdAt, max: createdAt + 2 * givesUpAfterMs }),
    afterMs: fc.option(fc.integer({ min: 0, max: 6 * 3_600_000 }), { nil: undefined }),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  fc.assert(
    fc.property(attempted, (a) => {
      const next = nextAttemptAt({ ...a, createdAt });
      return next === null ? a.now >= createdAt + givesUpAfterMs : next > a.now && next >= a.now + (a.afterMs ?? 0);
    }),
  );
});
