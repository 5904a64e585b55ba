type Page<T> = Readonly<{ items: readonly T[]; next: string | null }>;
type Paged = Readonly<{ limit: number; cursor?: string }>;

/** All of a list that comes in pages, from `read` of one; bounded, should it have no end. */
export const everyPage = async <T>(
  read: (query: Paged) => Promise<Page<T>>,
  { limit = 100, pages = 20 }: Readonly<{ limit?: number; pages?: number }> = {},
): Promise<readonly T[]> => {
  const all: T[] = [];
  let query: Paged = { limit };
  for (let page = 0; page < pages; page++) {
    const { items, next } = await read(query);
    all.push(...items);
    if (next === null) break;
    query = { limit, cursor: next };
  }
  return all;
};
