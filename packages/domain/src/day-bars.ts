import type { TimelineStretch } from './timeline.ts';

/** A letter for each bar: `u` up, `d` down, `p` down for a part of it, `m` left out by maintenance, `-` nobody looked. */
export type DayBars = Readonly<{ bars: string; down: readonly (readonly [bar: number, downMs: number])[] }>;

type Lengths = Record<TimelineStretch['state'], number>;
const letterOf = (lengths: Lengths): string => {
  const { up, down, unknown } = lengths;
  if (down > 0) return up > 0 ? 'p' : 'd';
  if (up > 0) return 'u';
  return lengths['left-out'] > unknown ? 'm' : '-';
};

/**
 * A timeline in `count` bars of `barMs` from `from` (epoch ms). Down is seen however short it was; what is not known or left
 * out colours a bar only when there is nothing else in it.
 */
export const dayBars = (
  timeline: readonly TimelineStretch[],
  { from, count, barMs }: Readonly<{ from: number; count: number; barMs: number }>,
): DayBars => {
  const bars = Array.from({ length: count }, (): Lengths => ({ up: 0, down: 0, unknown: 0, 'left-out': 0 }));
  for (const stretch of timeline) {
    const first = Math.max(0, Math.floor((stretch.from - from) / barMs));
    for (let i = first; i < count; i++) {
      const start = from + i * barMs;
      if (start >= stretch.until) break;
      const bar = bars[i];
      if (bar === undefined) break;
      bar[stretch.state] += Math.min(stretch.until, start + barMs) - Math.max(stretch.from, start);
    }
  }
  return {
    bars: bars.map(letterOf).join(''),
    down: bars.flatMap(({ down }, i) => (down > 0 ? [[i, Math.round(down)] as const] : [])),
  };
};
