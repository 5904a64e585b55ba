import { type Histogram, histogramOf, mergeHistograms, timeBucket } from '@farwatch/domain';
import { triggerOf, verdictOf } from './log-codes.ts';
import type { StoredResult } from './stored-result.ts';

/** The scheduled looks of one stretch: checks due are the sum of the five counts. */
export type Tally = Readonly<{
  up: number;
  degraded: number;
  down: number;
  inconclusive: number;
  missed: number;
  /** Of looks that got an answer, microseconds. */
  maxUs: number | null;
  sumUs: number;
  histogram: Histogram;
}>;

export const answered = ({ histogram }: Tally): number =>
  [...histogram.values()].reduce((sum, count) => sum + count, 0);

const largest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

/** Sums by a loop: a chart of a month adds up thousands. */
export const sumTallies = (tallies: readonly Tally[]): Tally => {
  const sum = { up: 0, degraded: 0, down: 0, inconclusive: 0, missed: 0, sumUs: 0 };
  let maxUs: number | null = null;
  for (const tally of tallies) {
    sum.up += tally.up;
    sum.degraded += tally.degraded;
    sum.down += tally.down;
    sum.inconclusive += tally.inconclusive;
    sum.missed += tally.missed;
    sum.sumUs += tally.sumUs;
    maxUs = largest(maxUs, tally.maxUs);
  }
  return { ...sum, maxUs, histogram: mergeHistograms(tallies.map(({ histogram }) => histogram)) };
};

const none: Tally = sumTallies([]);

export const isScheduled = ({ kind }: StoredResult): boolean => triggerOf(kind) === 'schedule';

/** One scheduled look as a tally, as SQL reckons it for the roll-ups. */
export const tallyOf = ({ kind, status, totalUs }: StoredResult): Tally => {
  const times = { maxUs: totalUs, sumUs: totalUs, histogram: histogramOf([[timeBucket(totalUs), 1]]) };
  return { ...none, ...(status === null ? {} : times), [verdictOf(kind)]: 1 };
};
