import type { Vote } from './vote.ts';

/**
 * Between which moments something began and ended. It held at some moment of the look that saw it, so the start lies
 * between the beginning of the last good look and the end of the first bad one, the clear between the beginning of the
 * last bad look and the end of the first good one. Null = no such look is known (yet).
 */
export type Bounds = Readonly<{
  lastGoodAt: number | null;
  firstBadAt: number | null;
  lastBadAt: number | null;
  firstGoodAt: number | null;
}>;

type Lasted = Readonly<{ startedAt: number; resolvedAt: number | null }>;

const latest = (votes: readonly Vote[]): number | null =>
  votes.length === 0 ? null : Math.max(...votes.map(({ startedAt }) => startedAt));
const earliest = (votes: readonly Vote[]): number | null =>
  votes.length === 0 ? null : Math.min(...votes.map(({ endedAt }) => endedAt));

/** A region that recovers with the others does so within this. */
const togetherMs = 60_000;

/** The bad looks that a good one of the same region followed: a region that goes on failing says nothing of the clear. */
const overcome = (bad: readonly Vote[], good: readonly Vote[], resolvedAt: number): readonly Vote[] => {
  const last = new Map<string, number>();
  for (const { region, at } of good)
    if (at <= resolvedAt + togetherMs) last.set(region, Math.max(at, last.get(region) ?? at));
  return bad.filter(({ region, at }) => at < (last.get(region) ?? Number.NEGATIVE_INFINITY));
};

/** The bounds that these looks give an incident: all of them, or those of one region. */
export const boundsOf = (votes: readonly Vote[], { startedAt, resolvedAt }: Lasted): Bounds => {
  const end = resolvedAt ?? Number.POSITIVE_INFINITY;
  const good = votes.filter(({ verdict }) => verdict === 'up');
  const bad = votes.filter(({ verdict, at }) => verdict === 'down' && at >= startedAt && at < end);
  const firstBad = earliest(bad);
  return {
    lastGoodAt: latest(good.filter((vote) => vote.at < startedAt && vote.endedAt <= (firstBad ?? startedAt))),
    firstBadAt: firstBad,
    lastBadAt: resolvedAt === null ? null : (latest(overcome(bad, good, resolvedAt)) ?? latest(bad)),
    firstGoodAt: resolvedAt === null ? null : earliest(good.filter(({ at }) => at >= resolvedAt)),
  };
};

/** The bounds by region, of every region that saw the incident. */
export const boundsByRegion = (votes: readonly Vote[], incident: Lasted): Readonly<Record<string, Bounds>> => {
  const regions = [...Map.groupBy(votes, ({ region }) => region)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const bounds = regions.map(([region, seen]) => [region, boundsOf(seen, incident)] as const);
  return Object.fromEntries(bounds.filter(([, { firstBadAt }]) => firstBadAt !== null));
};
