/** First in, first out, each step in constant time: `shift` of a long array moves everything behind it. */
export type Fifo<T> = Readonly<{
  push: (item: T) => void;
  shift: () => T | undefined;
  size: () => number;
  /** Takes out everything, in order. */
  empty: () => readonly T[];
}>;

const shortest = 64;

export const fifo = <T>(): Fifo<T> => {
  let items: (T | undefined)[] = [];
  let head = 0;
  const rest = (): T[] => items.slice(head) as T[]; // only what was shifted is undefined, and that is before `head`
  return {
    push: (item) => void items.push(item),
    shift: () => {
      if (head === items.length) return undefined;
      const item = items[head];
      items[head++] = undefined;
      if (head >= shortest && head * 2 >= items.length) {
        items = rest();
        head = 0;
      }
      return item;
    },
    size: () => items.length - head,
    empty: () => {
      const all = rest();
      items = [];
      head = 0;
      return all;
    },
  };
};
