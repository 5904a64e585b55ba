/**
 * How often lengths of time occurred, in buckets that grow by 2 %: any percentile is right within 1 %, and histograms of
 * parts add up to that of the whole. The same buckets are reckoned in SQL (`time_bucket`).
 */
export type Histogram = ReadonlyMap<number, number>;

const growth = 1.02;
const logGrowth = 0.01980262729617973; // ln(1.02), the same number as in SQL

/** The bucket of a length in whole microseconds: `growth ** (bucket - 1) < us <= growth ** bucket`. */
export const timeBucket = (us: number): number => (us <= 1 ? 0 : Math.ceil(Math.log(us) / logGrowth));

/** The length that a bucket stands for, microseconds: at most 1 % from every length in it. */
const bucketUs = (bucket: number): number => (bucket === 0 ? 1 : (2 * growth ** bucket) / (1 + growth));

/** Pairs of a bucket and a count; of the same bucket twice the counts add up. */
export const histogramOf = (pairs: Iterable<readonly [bucket: number, count: number]>): Histogram => {
  const counts = new Map<number, number>();
  for (const [bucket, count] of pairs) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return counts;
};

/** The whole of several parts. */
export const mergeHistograms = (parts: Iterable<Histogram>): Histogram =>
  histogramOf([...parts].flatMap((part) => [...part]));

/** The length, in microseconds, that this share (0 to 1) of all lengths does not exceed; null when there is none. */
export const percentileUs = (histogram: Histogram, share: number): number | null => {
  const total = [...histogram.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = Math.max(1, Math.ceil(share * total));
  let passed = 0;
  for (const [bucket, count] of [...histogram].toSorted(([a], [b]) => a - b)) {
    passed += count;
    if (passed >= rank) return bucketUs(bucket);
  }
  return null;
};
