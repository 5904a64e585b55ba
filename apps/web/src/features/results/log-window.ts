/** Rows as they lie in the scrolled area: before the first lies the room of `origin` rows that are not in memory. */
export type Placed<T> = Readonly<{
  rows: readonly T[];
  origin: number;
  /** By how many rows what was in sight has moved; the scrolling follows it. */
  shift: number;
  turn: number;
}>;
type Keyed = Readonly<{ id: string }>;

export const placeFirst = <T extends Keyed>(rows: readonly T[]): Placed<T> => ({ rows, origin: 0, shift: 0, turn: 0 });

/** Of a row that is in both: how far down it lies in each. */
const anchorOf = (before: readonly Keyed[], now: readonly Keyed[]): Readonly<{ was: number; is: number }> | null => {
  const places = new Map(now.map(({ id }, index) => [id, index]));
  for (const [was, { id }] of before.entries()) {
    const is = places.get(id);
    if (is !== undefined) return { was, is };
  }
  return null;
};

/**
 * What is in sight stays where it is, whatever is fetched or dropped above it. `top`: nothing is newer than the first
 * row; `follows`: the reader is at the top, and new rows push the others down.
 */
export const place = <T extends Keyed>(
  before: Placed<T>,
  rows: readonly T[],
  { top, follows }: Readonly<{ top: boolean; follows: boolean }>,
): Placed<T> => {
  const turn = before.turn + 1;
  const anchor = anchorOf(before.rows, rows);
  if (anchor === null || (top && follows)) return { rows, origin: 0, shift: 0, turn };
  const origin = before.origin + anchor.was - anchor.is;
  const fits = top ? origin === 0 : origin >= 0;
  return fits ? { rows, origin, shift: 0, turn } : { rows, origin: 0, shift: -origin, turn };
};
