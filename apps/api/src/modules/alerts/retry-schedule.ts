/** Waits after the 1st, 2nd, 3rd … attempt; the last one repeats. */
const waitsMs = [5_000, 15_000, 60_000, 5 * 60_000, 15 * 60_000, 3_600_000] as const;
/** How long a delivery is tried; its last attempt comes at the end of it. */
export const givesUpAfterMs = 24 * 3_600_000;
/** Up to this share is added to every wait, so that what failed together does not come back together. */
const jitter = 0.2;

export type Attempted = Readonly<{
  /** Attempts made so far, 1 or more. */
  attempts: number;
  createdAt: number;
  now: number;
  /** What the receiver asked for: never tried before that. */
  afterMs?: number | undefined;
  /** From [0, 1). */
  random: number;
}>;

/** When a delivery that failed for now is tried again (epoch ms); null = it was tried long enough. */
export const nextAttemptAt = ({ attempts, createdAt, now, afterMs = 0, random }: Attempted): number | null => {
  const end = createdAt + givesUpAfterMs;
  if (now >= end) return null;
  const wait = waitsMs[Math.min(attempts, waitsMs.length) - 1] ?? waitsMs[0];
  const asked = now + afterMs;
  const planned = now + Math.round(Math.max(wait, afterMs) * (1 + jitter * random));
  return Math.max(asked, Math.min(planned, end));
};
