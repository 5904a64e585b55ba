export type Headers = readonly (readonly [name: string, value: string])[];
/** One header as both answers had it; null = that one had none. */
export type HeaderPair = Readonly<{ name: string; edge: string | null; origin: string | null }>;

const byName = (headers: Headers): ReadonlyMap<string, string> => {
  const all = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = all.get(key);
    all.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return all;
};

/** Two answers never have these in common, and it means nothing. */
const alwaysOther: readonly string[] = ['date'];

/** The headers of two answers put beside each other by name; those that differ apart from those that don't. */
export const headerDiff = (edge: Headers, origin: Headers): Readonly<Record<'differing' | 'same', HeaderPair[]>> => {
  const [left, right] = [byName(edge), byName(origin)];
  const names = [...new Set([...left.keys(), ...right.keys()])].toSorted();
  const pairs = names.map((name) => ({ name, edge: left.get(name) ?? null, origin: right.get(name) ?? null }));
  // Beside no answer at all nothing is worth pointing at.
  const comparable = left.size > 0 && right.size > 0;
  const differs = ({ name, edge: a, origin: b }: HeaderPair): boolean =>
    comparable && a !== b && !alwaysOther.includes(name);
  return { differing: pairs.filter(differs), same: pairs.filter((pair) => !differs(pair)) };
};
