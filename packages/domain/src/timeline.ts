import { type Stretch, union } from './uptime.ts';

/** What a stretch of a monitor's time was, as its uptime counts it. */
export type TimelineState = 'up' | 'down' | 'unknown' | 'left-out';
export type TimelineStretch = Stretch & Readonly<{ state: TimelineState }>;

/**
 * A range (epoch ms) as stretches that lie side by side and fill it, oldest first; neighbours differ. What is left out goes
 * before what is unknown, that before what was down, as in `uptimeOf`, to whose lengths they add up.
 */
export const timelineOf = (
  range: Stretch,
  { down, unknown, leftOut }: Readonly<Record<'down' | 'unknown' | 'leftOut', readonly Stretch[]>>,
): readonly TimelineStretch[] => {
  const layers = [
    ['left-out', union(leftOut, range)],
    ['unknown', union(unknown, range)],
    ['down', union(down, range)],
  ] as const;
  const edges = layers.flatMap(([, stretches]) => stretches.flatMap(({ from, until }) => [from, until]));
  const cuts = [...new Set([range.from, ...edges, range.until])].toSorted((a, b) => a - b);
  const places = layers.map(() => 0);
  const stretches: TimelineStretch[] = [];
  for (const [i, from] of cuts.entries()) {
    const until = cuts[i + 1];
    if (until === undefined) break;
    let state: TimelineState = 'up';
    for (const [layer, [name, list]] of layers.entries()) {
      while ((list[places[layer] ?? 0]?.until ?? Number.POSITIVE_INFINITY) <= from)
        places[layer] = (places[layer] ?? 0) + 1;
      if (state === 'up' && (list[places[layer] ?? 0]?.from ?? Number.POSITIVE_INFINITY) <= from) state = name;
    }
    const last = stretches.at(-1);
    if (last?.state === state) stretches[stretches.length - 1] = { ...last, until };
    else stretches.push({ state, from, until });
  }
  return stretches;
};
