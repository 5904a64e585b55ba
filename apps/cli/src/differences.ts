/** An incident without its ids, as both the stored ones and the replay tell it. Moments as ISO 8601. */
export type PlainIncident = Readonly<{
  startedAt: string;
  resolvedAt: string | null;
  endReason: string | null;
  cause: unknown;
  regions: readonly string[];
}>;

/** A line that stands twice in one list and once in the other is left once. */
const without = (lines: readonly string[], others: readonly string[]): readonly string[] => {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

/** What is in one list and not in the other, byte for byte; empty = they are the same. */
export const differences = (
  stored: readonly PlainIncident[],
  replayed: readonly PlainIncident[],
): readonly string[] => {
  const lines = (list: readonly PlainIncident[]) => list.map((one) => JSON.stringify(one));
  const [is, was] = [lines(stored), lines(replayed)];
  return [
    ...without(was, is).map((line) => `not stored: ${line}`),
    ...without(is, was).map((line) => `only stored: ${line}`),
  ];
};
