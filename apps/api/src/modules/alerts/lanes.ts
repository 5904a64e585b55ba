export type Lanes = Readonly<{
  /** False when this key has as many running as it may. */
  enter: (key: string) => boolean;
  leave: (key: string) => void;
}>;

/** Keeps one slow key from taking every place: at most `width` at a time for each. */
export const openLanes = (width: number): Lanes => {
  const running = new Map<string, number>();
  return {
    enter: (key) => {
      const count = running.get(key) ?? 0;
      if (count >= width) return false;
      running.set(key, count + 1);
      return true;
    },
    leave: (key) => {
      const count = (running.get(key) ?? 1) - 1;
      if (count > 0) running.set(key, count);
      else running.delete(key);
    },
  };
};
