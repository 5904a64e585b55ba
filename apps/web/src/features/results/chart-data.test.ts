import { expect, test } from 'vitest';
import { chartColumns, type Times } from './chart-data.ts';

const at = (seconds: number): string => new Date(seconds * 1_000).toISOString();
const percentiles = { p50Ms: null, p95Ms: null, p99Ms: null };
const point = (seconds: number, meanMs: number | null, checks = 1) => ({
  at: at(seconds),
  meanMs,
  maxMs: meanMs,
  ...percentiles,
  checks,
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

test('regions share one axis; a bucket without a look does not break a line', () => {
  const columns = chartColumns(
    times(
      { region: 'fra', points: [point(0, 10), point(10, null, 0), point(30, 12)] },
      { region: 'iad', points: [point(10, 50)] },
    ),
    30_000,
  );
  expect(columns).toEqual([
    [0, 10, 30],
    [10, undefined, 12],
    [undefined, 50, undefined],
  ]);
});

test('a bucket in which no look was answered breaks the line, and so does a long silence', () => {
  const columns = chartColumns(
    times({ region: 'fra', points: [point(0, 10), point(30, null), point(60, 9), point(300, 8)] }),
    30_000,
  );
  expect(columns[1]).toEqual([10, null, 9, null, 8]);
});
