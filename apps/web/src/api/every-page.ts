type Page<T> = Readonly<{ items: readonly T[]; next: string | null }>;
type Paged = Readonly<{ limit: number; cursor?: string }>;

/**
 * All of a list that comes in pages, from `read` of one: to its end, so that nothing is left out without a word. A list
 * that leads back to a page that was read has no end, and can't be told whole: that fails.
 */
export const everyPage = async <T>(
  read: (query: Paged) => Promise<Page<T>>,
  { limit = 100 }: Readonly<{ limit?: number }> = {},
): Promise<readonly T[]> => {
  const all: T[] = [];
  const known = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: Page<T> = await read({ limit, ...(cursor === null ? {} : { cursor }) });
    all.push(...page.items);
    cursor = page.next;
    if (cursor !== null && known.has(cursor)) throw new Error('a list leads back to a page that was read');
    if (cursor !== null) known.add(cursor);
  } while (cursor !== null);
  return all;
};
