/** What a burst's looks are reckoned from: the incident's start (epoch ms) and the monitor's regions. */
export type Burst = Readonly<{ startedAt: number; regions: readonly string[] }>;

const denseEveryMs = 2_000;
const denseForMs = 30_000;
const sparseEveryMs = 5_000;
/** No burst lasts longer, whatever is lost on the way. */
export const burstForMs = 600_000;

const denseLooks = denseForMs / denseEveryMs;
const looks = denseLooks + (burstForMs - denseForMs) / sparseEveryMs;

/** The moment of the k-th look, 1 ≤ k ≤ looks. */
const momentOf = ({ startedAt }: Burst, k: number): number =>
  startedAt + (k <= denseLooks ? k * denseEveryMs : denseForMs + (k - denseLooks) * sparseEveryMs);

/** The number of the first look after this moment. */
const firstAfter = ({ startedAt }: Burst, after: number): number => {
  const since = after - startedAt;
  if (since < 0) return 1;
  if (since < denseForMs) return Math.floor(since / denseEveryMs) + 1;
  return denseLooks + Math.floor((since - denseForMs) / sparseEveryMs) + 1;
};

/** When the burst of an incident that began then is over. */
export const burstEndsAt = (startedAt: number): number => startedAt + burstForMs;

/**
 * A fresh incident is looked at every 2 s for half a minute and every 5 s to the tenth. The regions, in sorted order, take
 * turns: look k is region k mod n's. Answers the region's first look after this moment; null when none is left for it.
 */
export const nextBurstLook = (burst: Burst, region: string, after: number): number | null => {
  const regions = burst.regions.toSorted();
  const place = regions.indexOf(region);
  if (place < 0) return null;
  const first = firstAfter(burst, after);
  const k = first + ((((place - first) % regions.length) + regions.length) % regions.length);
  return k > looks ? null : momentOf(burst, k);
};
