import type { CheckResult, Failure } from './check-result.ts';

/** A check that has a vote: up or degraded says up, down says down. Moments are epoch milliseconds. */
export type Vote = Readonly<{
  region: string;
  /** When it was due. */
  at: number;
  /** When it began and ended: what it says held at some moment between them. */
  startedAt: number;
  endedAt: number;
  verdict: 'up' | 'down';
  degraded: boolean;
  failure: Failure | null;
}>;

/** Null for a look that saw nothing (`inconclusive`, `missed`). */
export const voteOf = ({ region, scheduledAt, startedAt, totalMs, outcome }: CheckResult): Vote | null => {
  const endedAt = startedAt + Math.ceil(totalMs);
  const look = { region, at: scheduledAt, startedAt, endedAt };
  switch (outcome.verdict) {
    case 'up':
    case 'degraded':
      return { ...look, verdict: 'up', degraded: outcome.verdict === 'degraded', failure: null };
    case 'down':
      return { ...look, verdict: 'down', degraded: false, failure: outcome.failure };
    case 'inconclusive':
    case 'missed':
      return null;
  }
};

/** The order in which looks are judged: as their answers became known. The same on every machine. */
export const inOrder = (a: Vote, b: Vote): number =>
  a.endedAt - b.endedAt ||
  a.at - b.at ||
  (a.region < b.region ? -1 : a.region > b.region ? 1 : 0) ||
  (a.verdict < b.verdict ? -1 : a.verdict > b.verdict ? 1 : 0);

/** The votes among these results, in order. */
export const votesIn = (results: readonly CheckResult[]): readonly Vote[] =>
  results.flatMap((result) => voteOf(result) ?? []).toSorted(inOrder);
