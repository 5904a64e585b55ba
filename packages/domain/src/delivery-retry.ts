/** Waits after the 1st, 2nd, 3rd … failed attempt; the last one repeats, so that who comes back hears within 5 minutes. */
const waitsMs = [5_000, 15_000, 60_000, 4 * 60_000] as const;
/** Up to this share is added to every wait, so that what failed together does not come back together. */
const jitter = 0.2;
/** For a receiver that asks to wait and does not say how long. */
const limitedMs = 30_000;

const hourMs = 3_600_000;

/** How long a delivery is tried: an endpoint may be mended on Monday; a person is not woken on Monday for Saturday. */
export const giveUpAfterMs = (kind: string): number => (kind === 'webhook' ? 72 * hourMs : 24 * hourMs);

export type Retrying = Readonly<{
  kind: string;
  /** Failed attempts in a row, this one included; what was only asked to wait is none. */
  failures: number;
  /** The receiver asked everybody to wait. */
  limited: boolean;
  /** From when on it is tried (epoch ms). */
  createdAt: number;
  now: number;
  /** What the receiver asked for: never tried before that. */
  afterMs?: number;
  /** From [0, 1). */
  random: number;
}>;

/** When a delivery that failed for now is tried again (epoch ms); null = it was tried long enough. */
export const nextDeliveryAt = ({
  kind,
  failures,
  limited,
  createdAt,
  now,
  afterMs = 0,
  random,
}: Retrying): number | null => {
  const end = createdAt + giveUpAfterMs(kind);
  if (now >= end) return null;
  const own = waitsMs[Math.min(Math.max(failures, 1), waitsMs.length) - 1] ?? waitsMs[0];
  const wait = limited ? afterMs || limitedMs : Math.max(own, afterMs);
  const planned = now + wait + Math.round(Math.min(wait, 5 * 60_000) * jitter * random);
  // The last attempt comes at the end of the time, but never before the receiver wants it.
  return Math.max(now + afterMs, Math.min(planned, end));
};
