/** What was asked for on the command line: a bench, and which parts of it; none = all. */
export type Wanted = Readonly<{ name: string; parts: readonly string[] }>;

/** `probe cpu load ingest` is two benches: a word that names none is a part of the one before. */
export const wantedOf = (words: readonly string[], names: readonly string[]): readonly Wanted[] => {
  const wanted: { name: string; parts: string[] }[] = [];
  for (const word of words) {
    const last = wanted.at(-1);
    if (names.includes(word) || last === undefined) wanted.push({ name: word, parts: [] });
    else last.parts.push(word);
  }
  return wanted;
};
