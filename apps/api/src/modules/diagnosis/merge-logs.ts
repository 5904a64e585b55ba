import type { CauseCount, LogEntry, LogReading } from '@farwatch/diagnosis';

const mostEntries = 200;
const mostExamples = 20;

const earliest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);
const latest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

const added = (a: CauseCount, b: CauseCount): CauseCount => ({
  ...a,
  count: a.count + b.count,
  within: a.within + b.within,
  firstAt: earliest(a.firstAt, b.firstAt),
  lastAt: latest(a.lastAt, b.lastAt),
});

const countsOf = (readings: readonly LogReading[]): readonly CauseCount[] => {
  const sums = new Map<string, CauseCount>();
  for (const one of readings.flatMap(({ counts }) => counts)) {
    const key = `${one.cause} ${one.upstream ?? ''}`;
    const known = sums.get(key);
    sums.set(key, known === undefined ? one : added(known, one));
  }
  return [...sums.values()].toSorted((a, b) => b.within - a.within || b.count - a.count);
};

/** Those beside failing checks first, as each reading has chosen its own. */
const entriesOf = (readings: readonly LogReading[]): readonly LogEntry[] =>
  readings
    .flatMap(({ entries }) => entries)
    .toSorted((a, b) => Number(b.regions.length > 0) - Number(a.regions.length > 0))
    .slice(0, mostEntries)
    .toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));

/** What several logs say together: a gateway's and the application's own. The newest comes first; null = there is none. */
export const mergeLogs = (readings: readonly LogReading[]): LogReading | null => {
  const [newest, ...older] = readings;
  if (newest === undefined || older.length === 0) return newest ?? null;
  const sum = (of: (reading: LogReading) => number): number => readings.reduce((all, one) => all + of(one), 0);
  return {
    formats: [...new Set(readings.flatMap(({ formats }) => formats))],
    lines: sum(({ lines }) => lines),
    others: sum(({ others }) => others),
    unknown: sum(({ unknown }) => unknown),
    unknownExamples: readings.flatMap(({ unknownExamples }) => unknownExamples).slice(0, mostExamples),
    shiftMs: newest.shiftMs,
    counts: countsOf(readings),
    entries: entriesOf(readings),
  };
};
