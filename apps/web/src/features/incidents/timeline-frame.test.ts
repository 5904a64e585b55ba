import { expect, test } from 'vitest';
import { frameOf, placeIn, unsureOf } from './timeline-frame.ts';

const iso = (s: number): string => new Date(s * 1_000).toISOString();
const bounds = (good: number | null, bad: number | null, last: number | null, clear: number | null) => ({
  region: 'fra',
  ...{ lastGoodAt: good === null ? null : iso(good), firstBadAt: bad === null ? null : iso(bad) },
  ...{ lastBadAt: last === null ? null : iso(last), firstGoodAt: clear === null ? null : iso(clear) },
});
const facts = (resolved: number | null, ...regionBounds: ReturnType<typeof bounds>[]) => ({
  ...{ startedAt: iso(100), resolvedAt: resolved === null ? null : iso(resolved), spans: [], regionBounds },
});

test('the frame reaches from the last good look to the first one after the clear', () => {
  expect(frameOf(facts(200, bounds(90, 100, 195, 205)), 0)).toEqual({ start: 90_000, end: 205_000 });
});
test('a last good look long before does not press the incident to a line', () => {
  expect(frameOf(facts(200, bounds(0, 100, 195, 900)), 0)).toEqual({ start: 75_000, end: 225_000 });
});
test('what is still going on ends now', () => {
  expect(frameOf(facts(null, bounds(90, 100, null, null)), 300_000)).toEqual({ start: 90_000, end: 300_000 });
});
test('an incident without length has a frame one can divide by', () => {
  const frame = frameOf(facts(100), 0);
  expect(placeIn(frame, 100_000)).toBe(0);
});
test('between the two looks nobody knows; what is not known on either side is left out', () => {
  const frame = { start: 90_000, end: 190_000 };
  expect(unsureOf(bounds(90, 100, 180, 190), frame)).toEqual([
    [0, 10],
    [90, 10],
  ]);
  expect(unsureOf(bounds(null, 100, 180, null), frame)).toEqual([]);
  expect(unsureOf(undefined, frame)).toEqual([]);
});
