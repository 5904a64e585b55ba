export type Lanes = Readonly<{
  /** False when this key has `width` running already. */
  enter: (key: string, width: number) => boolean;
  leave: (key: string) => void;
}>;

/** Keeps one slow key from taking every place: at most `width` at a time for each. */
export const openLanes = (): Lanes => {
  const running = new Map<string, number>();
  return {
    enter: (key, width) => {
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
