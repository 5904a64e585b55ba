import type { getResponseTimes, ReplyOf } from '@farwatch/contracts';

export type Times = ReplyOf<typeof getResponseTimes>;
type Column = (number | null | undefined)[];
/** uPlot's shape: seconds, then one column per line. `null` breaks the line, `undefined` lets it run on. */
export type ChartColumns = readonly [number[], ...Column[]];

/** `slowest` stands over each mean, so that a bucket hides no peak; `before` is the same stretch a week earlier. */
export type LineKind = 'mean' | 'slowest' | 'before';
export type ChartLine = Readonly<{ region: string; kind: LineKind; points: readonly Point[] }>;
type Point = Readonly<{ at: number; ms: number | null }>;
type TimesPoint = Times['points'][number];

export const weekMs = 604_800_000;

/** A region's points with a break wherever it stayed silent for longer than its interval explains. */
const withBreaks = (points: readonly Point[], silentMs: number): readonly Point[] =>
  points.flatMap((point, index) => {
    const before = points[index - 1];
    return before !== undefined && point.at - before.at > silentMs ? [{ at: before.at + 1, ms: null }, point] : [point];
  });

type Field = 'meanMs' | 'maxMs';
const pointsOf = (points: readonly TimesPoint[], field: Field, shiftMs: number, silentMs: number): readonly Point[] =>
  withBreaks(
    points
      .filter(({ checks }) => checks > 0)
      .map((point) => ({ at: Date.parse(point.at) + shiftMs, ms: point[field] })),
    silentMs,
  );

/** Every region's lines; of a week before only what is also drawn now. */
export const chartLines = (times: Times, before: Times | null, intervalMs: number): readonly ChartLine[] => {
  const silentOf = ({ bucketMs }: Times): number => Math.max(bucketMs * 2.5, intervalMs * 3);
  return times.series.flatMap(({ region, points }): readonly ChartLine[] => {
    const line = (kind: LineKind, field: Field): ChartLine => ({
      ...{ region, kind },
      points: pointsOf(points, field, 0, silentOf(times)),
    });
    const earlier = before?.series.find((one) => one.region === region);
    return [
      line('mean', 'meanMs'),
      ...(points.some(({ meanMs, maxMs }) => meanMs !== maxMs) ? [line('slowest', 'maxMs')] : []),
      ...(before === null || earlier === undefined
        ? []
        : [{ region, kind: 'before', points: pointsOf(earlier.points, 'meanMs', weekMs, silentOf(before)) } as const]),
    ];
  });
};

/** Lays the lines over one time axis. */
export const chartColumns = (lines: readonly Pick<ChartLine, 'points'>[]): ChartColumns => {
  const moments = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].toSorted((a, b) => a - b);
  const columns = lines.map(({ points }): Column => {
    const byMoment = new Map(points.map(({ at, ms }) => [at, ms]));
    return moments.map((at) => byMoment.get(at));
  });
  return [moments.map((at) => at / 1_000), ...columns];
};
