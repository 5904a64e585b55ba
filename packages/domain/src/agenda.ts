/** What happens when, and in which order at one moment: lower ranks first, equals as they were added. */
export type Agenda<T> = Readonly<{
  add: (at: number, rank: number, what: T) => void;
  /** Takes what comes next; null = nothing more. */
  next: () => Readonly<{ at: number; what: T }> | null;
}>;

type Entry<T> = Readonly<{ at: number; rank: number; place: number; what: T }>;
const isBefore = (a: Entry<unknown>, b: Entry<unknown>): boolean =>
  a.at !== b.at ? a.at < b.at : a.rank !== b.rank ? a.rank < b.rank : a.place < b.place;

/** An empty one: a binary heap. */
export const openAgenda = <T>(): Agenda<T> => {
  const heap: Entry<T>[] = [];
  let added = 0;
  const isWrong = (above: number, below: number): boolean => {
    const [a, b] = [heap[above], heap[below]];
    return a !== undefined && b !== undefined && isBefore(b, a);
  };
  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]];
    if (a !== undefined && b !== undefined) [heap[i], heap[j]] = [b, a];
  };
  const rise = (from: number): void => {
    for (let i = from, above = (i - 1) >> 1; i > 0 && isWrong(above, i); i = above, above = (i - 1) >> 1)
      swap(above, i);
  };
  const sink = (): void => {
    for (let i = 0; ; ) {
      const left = 2 * i + 1;
      const least = isWrong(left, left + 1) ? left + 1 : left;
      if (!isWrong(i, least)) return;
      swap(i, least);
      i = least;
    }
  };
  return {
    add: (at, rank, what) => {
      heap.push({ at, rank, what, place: added++ });
      rise(heap.length - 1);
    },
    next: () => {
      swap(0, heap.length - 1);
      const taken = heap.pop();
      sink();
      return taken ?? null;
    },
  };
};
