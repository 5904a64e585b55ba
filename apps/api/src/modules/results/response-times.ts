import { percentileUs } from '@farwatch/domain';
import { aDay, anHour, fiveMinutes, type RollUpLength } from './roll-up-lengths.ts';
import { answered, sumTallies, type Tally } from './tally.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The shortest bucket: finer than any interval shows nothing. */
const minBucketMs = 1_000;
/** Roll-ups of five minutes have been forgotten before this age. */
const fineMs = 30 * dayMs;

export type Range = Readonly<{ from: number; to: number }>;
/** Equal buckets that begin at `origin`, and what they are filled from. */
export type Buckets = Readonly<{ bucketMs: number; origin: number; source: RollUpLength | 'log' }>;

/** The roll-ups that a range is told by: short ones finely, as long as those are kept. */
export const lengthFor = ({ from, to }: Range, now: number): RollUpLength => {
  if (to - from > 31 * dayMs) return aDay;
  return to - from > 2 * dayMs || from < now - fineMs + dayMs ? anHour : fiveMinutes;
};

/** The range widened to whole slots of a length. */
export const widen = ({ from, to }: Range, length: RollUpLength): Range => {
  const ms = length * 1_000;
  return { from: Math.floor(from / ms) * ms, to: Math.ceil(to / ms) * ms };
};

/**
 * Buckets for a chart of at most `points` of them. Two hours and less are read from the log, in buckets of any length;
 * what is longer in multiples of a roll-up, which begin where those do.
 */
export const bucketsFor = (range: Range, points: number, now: number): Buckets => {
  const rangeMs = range.to - range.from;
  if (rangeMs <= 2 * hourMs) {
    const bucketMs = Math.max(minBucketMs, Math.ceil(rangeMs / points));
    return { bucketMs, origin: range.from, source: 'log' };
  }
  const source = lengthFor(range, now);
  const slotMs = source * 1_000;
  // One more than the range has: it may begin and end within a bucket.
  const bucketMs = slotMs * Math.ceil(Math.ceil(rangeMs / (points - 1)) / slotMs);
  return { bucketMs, origin: 0, source };
};

export type Percentiles = Readonly<{ p50Ms: number | null; p95Ms: number | null; p99Ms: number | null }>;
/** Means over answered looks, milliseconds; they add up to the mean of the whole. */
export type MeanPhases = Readonly<Record<'dnsMs' | 'connectMs' | 'tlsMs' | 'firstByteMs' | 'downloadMs', number>>;
export type Point = Percentiles &
  Readonly<{
    at: number;
    meanMs: number | null;
    maxMs: number | null;
    phases: MeanPhases | null;
    checks: number;
    down: number;
    answered: number;
  }>;

const millis = (us: number | null): number | null => (us === null ? null : us / 1_000);
/** A bucket stands for lengths a little longer than the longest in it. */
const percentile = ({ histogram, maxUs }: Tally, share: number): number | null => {
  const us = percentileUs(histogram, share);
  return us === null ? null : Math.round(Math.min(us, maxUs ?? us)) / 1_000;
};

export const percentilesOf = (tally: Tally): Percentiles => ({
  p50Ms: percentile(tally, 0.5),
  p95Ms: percentile(tally, 0.95),
  p99Ms: percentile(tally, 0.99),
});

/** Null where no look was answered, or nothing is known of its phases. */
export const meanPhasesOf = ({ phases }: Tally): MeanPhases | null => {
  if (phases.looks === 0) return null;
  const mean = (us: number): number => Math.round(us / phases.looks) / 1_000;
  return {
    dnsMs: mean(phases.dnsUs),
    connectMs: mean(phases.connectUs),
    tlsMs: mean(phases.tlsUs),
    firstByteMs: mean(phases.firstByteUs),
    downloadMs: mean(phases.downloadUs),
  };
};

const pointOf = (at: number, tally: Tally): Point => {
  const times = answered(tally);
  return {
    at,
    meanMs: times === 0 ? null : tally.sumUs / times / 1_000,
    maxMs: millis(tally.maxUs),
    phases: meanPhasesOf(tally),
    ...percentilesOf(tally),
    checks: tally.up + tally.degraded + tally.down + tally.inconclusive,
    down: tally.down,
    answered: times,
  };
};

/** One point for each bucket that something lies in, in order. */
export const pointsOf = (
  parts: readonly (Tally & Readonly<{ at: number }>)[],
  { bucketMs, origin }: Buckets,
): readonly Point[] => {
  const byBucket = Map.groupBy(parts, ({ at }) => Math.floor((at - origin) / bucketMs));
  return [...byBucket]
    .toSorted(([a], [b]) => a - b)
    .map(([bucket, own]) => pointOf(origin + bucket * bucketMs, sumTallies(own)));
};
