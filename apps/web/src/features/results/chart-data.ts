import type { getResponseTimes, ReplyOf } from '@farwatch/contracts';

export type Times = ReplyOf<typeof getResponseTimes>;
type Column = (number | null | undefined)[];
/** uPlot's shape: seconds, then one column per region. `null` breaks the line, `undefined` lets it run on. */
export type ChartColumns = readonly [number[], ...Column[]];

type Point = Readonly<{ at: number; ms: number | null }>;

/** A region's points with a break wherever it stayed silent for longer than its interval explains. */
const withBreaks = (points: readonly Point[], silentMs: number): readonly Point[] =>
  points.flatMap((point, index) => {
    const before = points[index - 1];
    return before !== undefined && point.at - before.at > silentMs ? [{ at: before.at + 1, ms: null }, point] : [point];
  });

/** Lays the regions' buckets over one time axis. */
export const chartColumns = (times: Times, intervalMs: number): ChartColumns => {
  const silentMs = Math.max(times.bucketMs * 2.5, intervalMs * 3);
  const lines = times.series.map(({ points }) =>
    withBreaks(
      points.filter(({ checks }) => checks > 0).map(({ at, meanMs }) => ({ at: Date.parse(at), ms: meanMs })),
      silentMs,
    ),
  );
  const moments = [...new Set(lines.flatMap((line) => line.map(({ at }) => at)))].toSorted((a, b) => a - b);
  const columns = lines.map((line): Column => {
    const byMoment = new Map(line.map(({ at, ms }) => [at, ms]));
    return moments.map((at) => byMoment.get(at));
  });
  return [moments.map((at) => at / 1_000), ...columns];
};
