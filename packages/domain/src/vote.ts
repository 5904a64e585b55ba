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

/** Two looks of one slot, one a family, are one vote: a region sees the site down when it is down over either. */
const together = (a: Vote, b: Vote): Vote => {
  const worse = a.verdict === 'up' && b.verdict === 'down' ? b : a;
  const startedAt = Math.min(a.startedAt, b.startedAt);
  const endedAt = Math.max(a.endedAt, b.endedAt);
  return { ...worse, startedAt, endedAt, degraded: worse.verdict === 'up' && (a.degraded || b.degraded) };
};

const byFamily = (a: CheckResult, b: CheckResult): number => (a.family < b.family ? -1 : a.family > b.family ? 1 : 0);
const votesOfPairs = (results: readonly CheckResult[]): readonly Vote[] => {
  const pairs = new Map<string, Vote>();
  for (const result of results.toSorted(byFamily)) {
    const vote = voteOf(result);
    if (vote === null) continue;
    const key = `${vote.at} ${vote.region}`;
    const before = pairs.get(key);
    pairs.set(key, before === undefined ? vote : together(before, vote));
  }
  return [...pairs.values()];
};

/** The votes among these results of one monitor, in order: one a region and slot, whatever families it was looked at over. */
export const votesIn = (results: readonly CheckResult[]): readonly Vote[] => {
  const single = results.flatMap((result) => (result.family === 'any' ? (voteOf(result) ?? []) : []));
  const pairs = votesOfPairs(results.filter(({ family }) => family !== 'any'));
  return [...single, ...pairs].toSorted(inOrder);
};
