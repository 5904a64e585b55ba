/** A binary heap: what comes soonest first. */
export type SlotQueue<T extends { at: number }> = Readonly<{
  push: (item: T) => void;
  peek: () => T | undefined;
  pop: () => T | undefined;
}>;

export const slotQueue = <T extends { at: number }>(): SlotQueue<T> => {
  const items: T[] = [];
  const at = (i: number): number => items[i]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (i: number, j: number): void => {
    const [a, b] = [items[i], items[j]];
    if (a === undefined || b === undefined) return;
    items[i] = b;
    items[j] = a;
  };
  const rise = (i: number): void => {
    const parent = (i - 1) >> 1;
    if (i === 0 || at(parent) <= at(i)) return;
    swap(i, parent);
    rise(parent);
  };
  const sink = (i: number): void => {
    const child = at(2 * i + 2) < at(2 * i + 1) ? 2 * i + 2 : 2 * i + 1;
    if (at(child) >= at(i)) return;
    swap(i, child);
    sink(child);
  };
  return {
    push: (item) => {
      items.push(item);
      rise(items.length - 1);
    },
    peek: () => items[0],
    pop: () => {
      const first = items[0];
      const last = items.pop();
      if (first === undefined || last === undefined || items.length === 0) return first;
      items[0] = last;
      sink(0);
      return first;
    },
  };
};
