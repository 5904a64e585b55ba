/** An incident without its ids, as both the stored ones and the replay tell it. Moments as ISO 8601. */
export type PlainIncident = Readonly<{
  startedAt: string;
  resolvedAt: string | null;
  endReason: string | null;
  cause: unknown;
  regions: readonly string[];
}>;
/** A stretch of one failure in one region, likewise. */
export type PlainSpan = Readonly<{
  region: string;
  code: string;
  failure: unknown;
  startedAt: string;
  /** Null while it goes on. */
  lastSeenAt: string | null;
  endedAt: string | null;
}>;

/** A line that stands twice in one list and once in the other is left once. */
const without = (lines: readonly string[], others: readonly string[]): readonly string[] => {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
};

/** What is in one list and not in the other, byte for byte; empty = they are the same. */
export const differences = (
  stored: readonly (PlainIncident | PlainSpan)[],
  replayed: readonly (PlainIncident | PlainSpan)[],
): readonly string[] => {
  const lines = (list: readonly (PlainIncident | PlainSpan)[]) => list.map((one) => JSON.stringify(one));
  const [is, was] = [lines(stored), lines(replayed)];
  return [
    ...without(was, is).map((line) => `not stored: ${line}`),
    ...without(is, was).map((line) => `only stored: ${line}`),
  ];
};
