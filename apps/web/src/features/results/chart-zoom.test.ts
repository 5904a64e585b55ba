import { expect, test } from 'vitest';
import { stepped, within } from './chart-zoom.ts';

const hour = 3_600_000;
const whole = { from: 0, to: 24 * hour };

test.each([
  ['in', { from: 6 * hour, to: 18 * hour }, { from: 9 * hour, to: 15 * hour }],
  ['out', { from: 9 * hour, to: 15 * hour }, { from: 6 * hour, to: 18 * hour }],
  ['out', { from: 6 * hour, to: 20 * hour }, null],
  ['earlier', { from: hour, to: 5 * hour }, { from: 0, to: 4 * hour }],
  ['later', { from: 19 * hour, to: 23 * hour }, { from: 20 * hour, to: 24 * hour }],
] as const)('one step %s stays inside the whole', (act, shown, next) => {
  expect(stepped(whole, shown, act)).toEqual(next);
});

test('no zoom is closer than a minute, and one that covers everything is none', () => {
  expect(within(whole, { from: hour, to: hour + 1_000 })).toEqual({ from: hour, to: hour + 60_000 });
  expect(within(whole, { from: -hour, to: 30 * hour })).toBeNull();
});
