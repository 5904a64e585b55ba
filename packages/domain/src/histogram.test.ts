import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogramOf, mergeHistograms, percentileUs, timeBucket } from './histogram.ts';

const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 2_147_483_647 }), fc.integer({ min: 1, max: 300_000 })), {
  minLength: 1,
  maxLength: 300,
});
const shares = fc.constantFrom(0, 0.5, 0.95, 0.99, 1);
const ofLengths = (values: readonly number[]) => histogramOf(values.map((us) => [timeBucket(us), 1] as const));
const exact = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
};

test('a percentile is within 2 % of the exact one', () => {
  fc.assert(
    fc.property(lengths, shares, (values, share) => {
      const right = exact(values, share);
      const off = Math.abs((percentileUs(ofLengths(values), share) ?? Number.NaN) - right) / right;
      expect(off).toBeLessThanOrEqual(0.02);
    }),
  );
});

test('the parts, however divided, make the same whole', () => {
  fc.assert(
    fc.property(fc.array(lengths, { maxLength: 6 }), (parts) => {
      expect(mergeHistograms(parts.map(ofLengths))).toEqual(ofLengths(parts.flat()));
    }),
  );
});

test('of nothing there is no percentile', () => {
  expect(percentileUs(histogramOf([]), 0.5)).toBeNull();
});
