import { expect, test } from 'vitest';
import { chartColumns, chartLines, meanOf, type Times, weekMs } from './chart-data.ts';

const at = (seconds: number): string => new Date(seconds * 1_000).toISOString();
const percentiles = { p50Ms: null, p95Ms: null, p99Ms: null };
const point = (seconds: number, meanMs: number | null, checks = 1, maxMs = meanMs) => ({
  at: at(seconds),
  meanMs,
  maxMs,
  ...percentiles,
  checks,
  answered: meanMs === null ? 0 : checks,
  down: 0,
});
type Points = Times['series'][number]['points'];
const times = (...regions: { region: string; points: Points }[]): Times => ({
  from: at(0),
  to: at(600),
  bucketMs: 10_000,
  ...percentiles,
  points: [],
  series: regions.map((region) => ({ ...region, ...percentiles })),
});
const columns = (now: Times, before: Times | null = null) => chartColumns(chartLines(now, before, 30_000));

test('regions share one axis; a bucket without a look does not break a line', () => {
  const drawn = columns(
    times(
      { region: 'fra', points: [point(0, 10), point(10, null, 0), point(30, 12)] },
      { region: 'iad', points: [point(10, 50)] },
    ),
  );
  expect(drawn).toEqual([
    [0, 10, 30],
    [10, undefined, 12],
    [undefined, 50, undefined],
  ]);
});

test('a bucket in which no look was answered breaks the line, and so does a long silence', () => {
  const points = [point(0, 10), point(30, null), point(60, 9), point(300, 8)];
  expect(columns(times({ region: 'fra', points }))[1]).toEqual([10, null, 9, null, 8]);
});

test('a silence stays a break where other lines have values meanwhile', () => {
  const silent = { region: 'fra', points: [point(0, 10), point(300, 8)] };
  const steady = { region: 'iad', points: [0, 60, 120, 180, 240, 300].map((at) => point(at, 50)) };
  expect(columns(times(silent, steady))[1]).toEqual([10, null, null, null, null, null, 8]);
});

test('a peak within a bucket has a line of its own over the mean', () => {
  const lines = chartLines(times({ region: 'fra', points: [point(0, 10, 20, 900)] }), null, 30_000);
  expect(lines.map(({ kind, points }) => [kind, points[0]?.ms])).toEqual([
    ['mean', 10],
    ['slowest', 900],
  ]);
});

test('the week before lies over this one, only where this one has the region', () => {
  const now = times({ region: 'fra', points: [point(weekMs / 1_000, 10)] });
  const before = times({ region: 'fra', points: [point(0, 20)] }, { region: 'gone', points: [point(0, 5)] });
  expect(columns(now, before)).toEqual([[weekMs / 1_000], [10], [20]]);
});

test('the mean of several buckets counts each look once, not each bucket', () => {
  const mean = (...points: Parameters<typeof meanOf>[0]) => meanOf(points, ({ meanMs }) => meanMs);
  expect(mean(point(0, 100, 1), point(10, 20, 7))).toBe(30);
  expect(mean(point(0, 100, 1), point(10, null, 7))).toBe(100); // of those without an answer nothing is known
  expect(mean(point(0, null, 3))).toBeNull();
  expect(mean()).toBeNull();
});
