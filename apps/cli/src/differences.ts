/** An incident without its ids, as both the stored ones and the replay tell it. Moments as ISO 8601. */
export type PlainIncident = Readonly<{
  startedAt: string;
  resolvedAt: string | null;
  endReason: string | null;
  cause: unknown;
  regions: readonly string[];
}>;

/** What is in one list and not in the other, byte for byte; empty = they are the same. */
export const differences = (
  stored: readonly PlainIncident[],
  replayed: readonly PlainIncident[],
): readonly string[] => {
  const lines = (list: readonly PlainIncident[]) => list.map((one) => JSON.stringify(one));
  const [is, was] = [lines(stored), lines(replayed)];
  return [
    ...was.filter((line) => !is.includes(line)).map((line) => `not stored: ${line}`),
    ...is.filter((line) => !was.includes(line)).map((line) => `only stored: ${line}`),
  ];
};
