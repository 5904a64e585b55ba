import type { CheckResult } from '@farwatch/domain';

const hourMs = 3_600_000;
const lastMinutesMs = 5 * 60_000;

/** What a look in full showed of the last hop. */
export type Shown = Readonly<{ at: number; certificate: string | null; address: string | null }>;

/**
 * When something was first seen that had never been seen before, if that is within the hour before `until`: a site with
 * several addresses shows now this one and now that, which is no change. Needs something to compare with.
 */
const firstSeen = (shown: readonly Shown[], of: (one: Shown) => string | null, until: number): number | null => {
  const known = new Set<string>();
  let changedAt: number | null = null;
  for (const one of shown.toSorted((a, b) => a.at - b.at)) {
    const value = of(one);
    if (value === null || known.has(value)) continue;
    if (known.size > 0 && one.at > until - hourMs) changedAt = one.at;
    known.add(value);
  }
  return changedAt;
};

export const changesBefore = (shown: readonly Shown[], until: number) => ({
  certificateChangedAt: firstSeen(shown, ({ certificate }) => certificate, until),
  addressChangedAt: firstSeen(shown, ({ address }) => address, until),
});

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
};

/** How long good looks took: usually, and in the last minutes before `until`. */
export const paceBefore = (good: readonly CheckResult[], until: number) => {
  const times = (from: number): readonly number[] =>
    good.filter(({ scheduledAt }) => scheduledAt >= from && scheduledAt < until).map(({ totalMs }) => totalMs);
  return { usualMs: median(times(until - hourMs)), lastMs: median(times(until - lastMinutesMs)) };
};
