export type Search = Readonly<Record<string, unknown>>;

/** A list's search parameters as they are saved: words alone, in one order. */
export const wordsOf = (search: Search): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search)
      .flatMap(([name, value]) => (typeof value === 'string' && value !== '' ? [[name, value] as const] : []))
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

export const sameSearch = (a: Search, b: Search): boolean => JSON.stringify(wordsOf(a)) === JSON.stringify(wordsOf(b));
