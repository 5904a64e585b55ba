/**
 * Owners take turns, however much one of them brings: each of an owner's things is a round later than the one before it,
 * and the earliest round comes first.
 */
export const fairQueue = <T>() => {
  const waiting: { readonly round: number; readonly owner: string; readonly thing: T }[] = [];
  let round = 0;
  return {
    size: (): number => waiting.length,
    add: (owner: string, thing: T): void => {
      const own = waiting.findLast((each) => each.owner === owner);
      const mine = own === undefined ? round : own.round + 1;
      const before = waiting.findLastIndex((each) => each.round <= mine);
      waiting.splice(before + 1, 0, { round: mine, owner, thing });
    },
    take: (): T | null => {
      const next = waiting.shift();
      if (next === undefined) return null;
      round = next.round;
      return next.thing;
    },
    /** Takes back what waits still; false when it has had its turn. */
    drop: (thing: T): boolean => {
      const at = waiting.findIndex((each) => each.thing === thing);
      if (at !== -1) waiting.splice(at, 1);
      return at !== -1;
    },
  };
};
