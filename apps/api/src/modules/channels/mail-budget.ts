/** So many in so long; 0 = now. */
type Terms = Readonly<{ count: number; withinMs: number }>;

/**
 * Counts what happened under a name, in this process's memory: with n API processes the budget is n times as large. Past
 * `maxNames` the oldest are forgotten.
 */
export const openBudget = ({ count, withinMs }: Terms, maxNames = 10_000) => {
  const happened = new Map<string, readonly number[]>();
  const recent = (name: string, now: number) => (happened.get(name) ?? []).filter((at) => at > now - withinMs);
  return {
    /** Milliseconds until the next one is within the budget; 0 = it is now. Takes nothing. */
    waitMs: (name: string, now: number): number => {
      const oldest = recent(name, now).at(-count);
      return oldest === undefined ? 0 : oldest + withinMs - now;
    },
    take: (name: string, now: number): void => {
      const times = [...recent(name, now), now];
      happened.delete(name); // set again, it is the newest
      happened.set(name, times);
      const [first] = happened.keys();
      if (happened.size > maxNames && first !== undefined) happened.delete(first);
    },
  };
};
export type Budget = ReturnType<typeof openBudget>;
