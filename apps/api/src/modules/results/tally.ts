import { type Histogram, histogramOf, mergeHistograms, timeBucket } from '@farwatch/domain';
import { triggerOf, verdictOf } from './log-codes.ts';
import type { StoredResult } from './stored-result.ts';

/** Sums of what the phases of `looks` answered looks took, microseconds; a phase that a look had not counts as nothing. */
export type PhaseSums = Readonly<{
  looks: number;
  dnsUs: number;
  connectUs: number;
  tlsUs: number;
  firstByteUs: number;
  downloadUs: number;
}>;

/** Of no look: nobody answered, or it was rolled up before phases were kept. */
export const noPhases: PhaseSums = { looks: 0, dnsUs: 0, connectUs: 0, tlsUs: 0, firstByteUs: 0, downloadUs: 0 };

/** From sums in the order of a look: name, connection, TLS, first byte, download. */
export const phasesOf = (looks: number, sums: readonly (number | null)[]): PhaseSums => {
  const [dnsUs, connectUs, tlsUs, firstByteUs, downloadUs] = sums;
  return {
    looks,
    ...{ dnsUs: dnsUs ?? 0, connectUs: connectUs ?? 0, tlsUs: tlsUs ?? 0 },
    ...{ firstByteUs: firstByteUs ?? 0, downloadUs: downloadUs ?? 0 },
  };
};

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
  phases: PhaseSums;
  histogram: Histogram;
}>;

export const answered = ({ histogram }: Tally): number =>
  [...histogram.values()].reduce((sum, count) => sum + count, 0);

const largest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

const addPhases = (all: readonly Tally[]): PhaseSums => {
  const sum = { ...noPhases };
  for (const { phases } of all) for (const key of Object.keys(sum) as (keyof PhaseSums)[]) sum[key] += phases[key]; // keys of a PhaseSums
  return sum;
};

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
  return {
    ...sum,
    maxUs,
    phases: addPhases(tallies),
    histogram: mergeHistograms(tallies.map(({ histogram }) => histogram)),
  };
};

const none: Tally = sumTallies([]);

export const isScheduled = ({ kind }: StoredResult): boolean => triggerOf(kind) === 'schedule';

/** One scheduled look as a tally, as SQL reckons it for the roll-ups. */
export const tallyOf = ({ kind, status, totalUs, ...look }: StoredResult): Tally => {
  const phases = phasesOf(1, [look.dnsUs, look.connectUs, look.tlsUs, look.firstByteUs, look.downloadUs]);
  const times = { maxUs: totalUs, sumUs: totalUs, phases, histogram: histogramOf([[timeBucket(totalUs), 1]]) };
  return { ...none, ...(status === null ? {} : times), [verdictOf(kind)]: 1 };
};
