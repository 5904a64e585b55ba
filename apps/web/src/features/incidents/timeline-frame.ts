import type { BoundsView, getIncident, ReplyOf } from '@farwatch/contracts';

/** The stretch of time a timeline shows, epoch ms. */
export type Frame = Readonly<{ start: number; end: number }>;
type Facts = Pick<ReplyOf<typeof getIncident>, 'startedAt' | 'resolvedAt' | 'spans' | 'regionBounds'>;

const known = (moments: readonly (string | null)[]): readonly number[] =>
  moments.flatMap((at) => (at === null ? [] : [Date.parse(at)]));

/** Of what lies before the start or after the clear no more than this share of the incident is shown. */
const margin = 0.25;

/** From the last good looks to the first good ones, as far as that leaves the incident itself in sight. */
export const frameOf = ({ startedAt, resolvedAt, spans, regionBounds }: Facts, now: number): Frame => {
  const began = Math.min(Date.parse(startedAt), ...known(spans.map((span) => span.startedAt)));
  const ended = resolvedAt === null ? now : Math.max(Date.parse(resolvedAt), ...known(spans.map((s) => s.endedAt)));
  const room = Math.max(ended - began, 1) * margin;
  const before = known(regionBounds.map(({ lastGoodAt }) => lastGoodAt));
  const after = resolvedAt === null ? [] : known(regionBounds.map(({ firstGoodAt }) => firstGoodAt));
  const start = Math.max(Math.min(began, ...before), began - room);
  const end = Math.min(Math.max(ended, ...after), ended + room);
  return { start, end: Math.max(end, start + 1) };
};

/** Where a moment stands in a frame, in percent. */
export const placeIn = ({ start, end }: Frame, at: number): number =>
  ((Math.min(Math.max(at, start), end) - start) / (end - start)) * 100;

/** The stretches in which a region's start and clear lie: where they begin and how wide they are, in percent. */
export const unsureOf = (bounds: BoundsView | undefined, frame: Frame): readonly (readonly [number, number])[] => {
  if (bounds === undefined) return [];
  const { lastGoodAt, firstBadAt, lastBadAt, firstGoodAt } = bounds;
  const edges = [
    [lastGoodAt, firstBadAt],
    [lastBadAt, firstGoodAt],
  ] as const;
  return edges.flatMap(([from, until]) => {
    if (from === null || until === null) return [];
    const left = placeIn(frame, Date.parse(from));
    const width = placeIn(frame, Date.parse(until)) - left;
    return width <= 0 ? [] : [[left, width] as const];
  });
};
