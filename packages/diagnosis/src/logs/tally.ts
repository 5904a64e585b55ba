import type { Cause } from '../causes.ts';
import type { Line } from './line.ts';

/** How many of one cause and upstream there were, and when. */
export type Tally = Readonly<{
  cause: NonNullable<Line['cause']>;
  upstream: string | null;
  isEcho: boolean;
  isAbsolute: boolean;
  alike: readonly Cause[];
}> & {
  count: number;
  example: string;
  firstAt: number | null;
  lastAt: number | null;
  /** By the beginning of each bucket, epoch ms. */
  times: Map<number, number>;
};

const mostTallies = 300;
const mostBuckets = 60_000;
/** A second; when there are too many, a minute, then an hour: the memory stays what it is. */
const widths = [1_000, 60_000, 3_600_000] as const;

export type Tallies = Readonly<{
  /** Counts a line; true = the first of its cause and upstream. */
  add: (line: Line, cause: Tally['cause']) => Tally;
  all: () => readonly Tally[];
  widthMs: () => number;
}>;

export const openTallies = (): Tallies => {
  const byKey = new Map<string, Tally>();
  let buckets = 0;
  let step = 0;
  const widthMs = (): number => widths[step] ?? 3_600_000;

  const widen = (): void => {
    step = Math.min(step + 1, widths.length - 1);
    buckets = 0;
    for (const tally of byKey.values()) {
      const wider = new Map<number, number>();
      for (const [at, count] of tally.times) {
        const begin = Math.floor(at / widthMs()) * widthMs();
        wider.set(begin, (wider.get(begin) ?? 0) + count);
      }
      tally.times = wider;
      buckets += wider.size;
    }
  };
  const keyOf = ({ upstream, isEcho, isAbsolute }: Line, cause: string): string =>
    `${isEcho === true ? 1 : 0}${isAbsolute === true ? 1 : 0} ${cause} ${upstream ?? ''}`;

  const add: Tallies['add'] = (line, cause) => {
    const isFull = byKey.size >= mostTallies;
    const key = keyOf(line, cause);
    const kept = byKey.get(key) ?? (isFull ? byKey.get(keyOf({ ...line, upstream: null }, cause)) : undefined);
    const upstream = isFull ? null : line.upstream;
    const tally: Tally = kept ?? {
      ...{
        cause,
        upstream,
        isEcho: line.isEcho === true,
        isAbsolute: line.isAbsolute === true,
        alike: line.alike ?? [],
        count: 0,
        example: '',
        firstAt: null,
        lastAt: null,
      },
      times: new Map(),
    };
    if (kept === undefined) byKey.set(isFull ? keyOf({ ...line, upstream: null }, cause) : key, tally);
    tally.count += 1;
    if (line.at === null) return tally;
    if (tally.firstAt === null || line.at < tally.firstAt) tally.firstAt = line.at;
    if (tally.lastAt === null || line.at > tally.lastAt) tally.lastAt = line.at;
    const begin = Math.floor(line.at / widthMs()) * widthMs();
    const before = tally.times.get(begin);
    tally.times.set(begin, (before ?? 0) + 1);
    if (before === undefined && ++buckets > mostBuckets) widen();
    return tally;
  };
  return { add, all: () => [...byKey.values()], widthMs };
};
