import type { getResponseTimes, ReplyOf } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export type Times = ReplyOf<typeof getResponseTimes>;
type Column = (number | null | undefined)[];
/** uPlot's shape: seconds, then one column per line. `null` breaks the line, `undefined` lets it run on. */
export type ChartColumns = readonly [number[], ...Column[]];

/** `slowest` stands over each mean, so that a bucket hides no peak; `before` is the same stretch a week earlier. */
export type LineKind = 'mean' | 'slowest' | 'before';
const words = {
  mean: msg`mean`,
  slowest: msg`slowest`,
  before: msg`week before`,
} as const satisfies Record<LineKind, MessageDescriptor>;
export const lineWords = (kind: LineKind): string => i18n.t(words[kind]);

export type ChartLine = Readonly<{ region: string; kind: LineKind; points: readonly Point[] }>;
export type Point = Readonly<{ at: number; ms: number | null }>;
export type TimesPoint = Times['points'][number];

/** The mean of several buckets, each as much as looks were answered in it; null where nothing is known. */
export const meanOf = (
  points: readonly TimesPoint[],
  value: (point: TimesPoint) => number | null | undefined,
): number | null => {
  const known = points.flatMap((point) => {
    const ms = value(point);
    return ms === null || ms === undefined || point.answered === 0 ? [] : [{ ms, looks: point.answered }];
  });
  const looks = known.reduce((sum, one) => sum + one.looks, 0);
  return looks === 0 ? null : known.reduce((sum, one) => sum + one.ms * one.looks, 0) / looks;
};

export const weekMs = 604_800_000;

/** A region's points with a break wherever it stayed silent for longer than its interval explains. */
const withBreaks = (points: readonly Point[], silentMs: number): readonly Point[] =>
  points.flatMap((point, index) => {
    const before = points[index - 1];
    return before !== undefined && point.at - before.at > silentMs ? [{ at: before.at + 1, ms: null }, point] : [point];
  });

type Value = (point: TimesPoint) => number | null;
type Silence = Readonly<{ shiftMs?: number; silentMs: number }>;
/** What a line shows of the buckets that something was looked at in. */
export const pointsOf = (
  points: readonly TimesPoint[],
  value: Value,
  { shiftMs = 0, silentMs }: Silence,
): readonly Point[] =>
  withBreaks(
    points
      .filter(({ checks }) => checks > 0)
      .map((point) => ({ at: Date.parse(point.at) + shiftMs, ms: value(point) })),
    silentMs,
  );
/** The same stretch a week before, laid over what is drawn now. */
export const weekBefore = (before: Times, points: readonly TimesPoint[], intervalMs: number): readonly Point[] =>
  pointsOf(points, ({ meanMs }) => meanMs, { shiftMs: weekMs, silentMs: silentMsOf(before, intervalMs) });

/** A silence longer than this breaks a line. */
export const silentMsOf = ({ bucketMs }: Times, intervalMs: number): number => Math.max(bucketMs * 2.5, intervalMs * 3);

/** Every region's lines; of a week before only what is also drawn now. */
export const chartLines = (times: Times, before: Times | null, intervalMs: number): readonly ChartLine[] => {
  const silentMs = silentMsOf(times, intervalMs);
  return times.series.flatMap(({ region, points }): readonly ChartLine[] => {
    const earlier = before?.series.find((one) => one.region === region);
    const slower = points.some(({ meanMs, maxMs }) => meanMs !== maxMs);
    return [
      { region, kind: 'mean', points: pointsOf(points, ({ meanMs }) => meanMs, { silentMs }) },
      ...(slower
        ? [{ region, kind: 'slowest', points: pointsOf(points, ({ maxMs }) => maxMs, { silentMs }) } as const]
        : []),
      ...(before === null || earlier === undefined
        ? []
        : [{ region, kind: 'before', points: weekBefore(before, earlier.points, intervalMs) } as const]),
    ];
  });
};

/** A break lasts until the line's next value: what other lines have meanwhile does not run it on. */
const keepBroken = (column: Column): Column => {
  let broken = false;
  return column.map((ms) => {
    if (ms !== undefined) broken = ms === null;
    return broken ? null : ms;
  });
};

/** Lays the lines over one time axis. */
export const chartColumns = (lines: readonly Pick<ChartLine, 'points'>[]): ChartColumns => {
  const moments = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].toSorted((a, b) => a - b);
  const columns = lines.map(({ points }): Column => {
    const byMoment = new Map(points.map(({ at, ms }) => [at, ms]));
    return keepBroken(moments.map((at) => byMoment.get(at)));
  });
  return [moments.map((at) => at / 1_000), ...columns];
};
