/** A run's whole chance: the same seed asks for the same kills at the same distances. */
export type Chance = Readonly<{
  /** From [0, 1). */
  next: () => number;
  between: (least: number, most: number) => number;
  oneOf: <T>(list: readonly [T, ...T[]]) => T;
}>;

/** mulberry32: small, and good enough to choose whom to kill. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    oneOf: (list) => list[Math.floor(next() * list.length)] ?? list[0],
  };
};
