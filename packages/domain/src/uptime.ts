/** A stretch of time, epoch ms; `until` is not part of it. */
export type Stretch = Readonly<{ from: number; until: number }>;

/** Lengths in milliseconds; `total` = up + down + unknown + left out. */
export type Uptime = Readonly<{
  upMs: number;
  downMs: number;
  /** Nobody looked: no colour, and no part of the ratio. */
  unknownMs: number;
  /** Left out by a maintenance window. */
  leftOutMs: number;
  /** up / (up + down); null when nothing is known. */
  ratio: number | null;
}>;

/** Cuts to a range and puts together what overlaps or touches. */
export const union = (stretches: readonly Stretch[], { from, until }: Stretch): readonly Stretch[] => {
  const cut = stretches
    .map((one) => ({ from: Math.max(one.from, from), until: Math.min(one.until, until) }))
    .filter((one) => one.until > one.from)
    .toSorted((a, b) => a.from - b.from);
  const joined: Stretch[] = [];
  for (const one of cut) {
    const last = joined.at(-1);
    if (last !== undefined && one.from <= last.until)
      joined[joined.length - 1] = { from: last.from, until: Math.max(last.until, one.until) };
    else joined.push(one);
  }
  return joined;
};

const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, until }) => sum + until - from, 0);

/**
 * The uptime of a range. What is left out counts before what is unknown, that before what was down: a gap is never up
 * and never down.
 */
export const uptimeOf = (
  range: Stretch,
  { down, unknown, leftOut }: Readonly<Record<'down' | 'unknown' | 'leftOut', readonly Stretch[]>>,
): Uptime => {
  const out = union(leftOut, range);
  const unseen = union([...unknown, ...leftOut], range);
  const all = union([...down, ...unknown, ...leftOut], range);
  const leftOutMs = lengthOf(out);
  const unknownMs = lengthOf(unseen) - leftOutMs;
  const downMs = lengthOf(all) - lengthOf(unseen);
  const upMs = Math.max(0, range.until - range.from) - lengthOf(all);
  return { upMs, downMs, unknownMs, leftOutMs, ratio: upMs + downMs > 0 ? upMs / (upMs + downMs) : null };
};
