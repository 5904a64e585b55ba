import { expect, test } from 'vitest';
import type { Times } from './chart-data.ts';
import { phaseBands, shareOf, timesFrom } from './chart-phases.ts';

const percentiles = { p50Ms: null, p95Ms: null, p99Ms: null };
const means = { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 30, downloadMs: 4 };
const point = (seconds: number, phases: typeof means | null = means) => ({
  ...{ at: new Date(seconds * 1_000).toISOString(), meanMs: 40, maxMs: 40, phases, checks: 1, answered: 1, down: 0 },
  ...percentiles,
});
const times: Times = {
  ...{ from: new Date(0).toISOString(), to: new Date(600_000).toISOString(), bucketMs: 10_000, ...percentiles },
  ...{ phases: means, points: [point(0), point(10, null), point(20)] },
  series: [{ region: 'fra', phases: null, ...percentiles, points: [point(0, { ...means, tlsMs: 0 })] }],
};
const heights = (hidden: readonly string[], region: string | null = null) =>
  phaseBands(times, region, { hidden: new Set(hidden), intervalMs: 10_000 }).map(({ key, points }) => [
    key,
    points.map(({ ms }) => ms),
  ]);

test('phases lie upon each other, the last uppermost, and what is not known breaks them', () => {
  expect(heights([])).toEqual([
    ['downloadMs', [40, null, 40]],
    ['firstByteMs', [36, null, 36]],
    ['tlsMs', [6, null, 6]],
    ['connectMs', [3, null, 3]],
    ['dnsMs', [1, null, 1]],
  ]);
});

test('what lay on a phase that is put away comes down', () => {
  expect(heights(['firstByteMs', 'dnsMs'])).toEqual([
    ['downloadMs', [9, null, 9]],
    ['tlsMs', [5, null, 5]],
    ['connectMs', [2, null, 2]],
  ]);
});

test('one region’s are its own; a region that is not there has none', () => {
  expect(heights([], 'fra')[0]).toEqual(['downloadMs', [37]]);
  expect(timesFrom(times, 'nowhere')).toEqual({ points: [], phases: null });
  expect(heights([], 'nowhere')[0]).toEqual(['downloadMs', []]);
});

test('a share is of the whole; of nothing it is nothing', () => {
  expect(shareOf(means, 'firstByteMs')).toBe(75);
  expect(shareOf({ dnsMs: 0, connectMs: 0, tlsMs: 0, firstByteMs: 0, downloadMs: 0 }, 'dnsMs')).toBe(0);
});
