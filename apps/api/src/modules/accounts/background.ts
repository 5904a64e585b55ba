/** Work that goes on after its answer was sent; a process that drains waits for it. */
export type Background = Readonly<{
  run: (work: Promise<unknown>) => void;
  /** When everything that was under way is done. */
  settled: () => Promise<void>;
}>;

export const openBackground = (onError: (error: unknown) => void): Background => {
  const running = new Set<Promise<void>>();
  return {
    run: (work) => {
      const watched = work
        .then(() => undefined, onError)
        .finally(() => {
          running.delete(watched);
        });
      running.add(watched);
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
};
