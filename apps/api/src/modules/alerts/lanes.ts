export type Lanes = Readonly<{
  /** Runs `work` as one of at most `width` for this key; not at all when there are as many already. */
  through: (key: string, width: number, work: () => Promise<void>) => Promise<void>;
}>;

/** Keeps one slow key from taking every place. */
export const openLanes = (): Lanes => {
  const running = new Map<string, number>();
  return {
    through: async (key, width, work) => {
      const count = running.get(key) ?? 0;
      if (count >= width) return;
      running.set(key, count + 1);
      try {
        await work();
      } finally {
        const left = (running.get(key) ?? 1) - 1;
        if (left > 0) running.set(key, left);
        else running.delete(key);
      }
    },
  };
};
