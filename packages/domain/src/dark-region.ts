/** A probe gives a sign of life every 10 s; a region that was not heard of for this long is dark. */
export const darkAfterMs = 90_000;
/** Parts of the core note every few seconds that they are there; more than this in between, and they were away. */
export const coreGapMs = 30_000;

/** A part of the core (API, worker): there without a gap from `since` to `seenAt`, epoch ms. */
export type CorePart = Readonly<{ since: number; seenAt: number }>;

/** Since when signs of life could be heard without a gap: every part has to be there. Now, while one is away. */
export const heardSince = (parts: readonly CorePart[], now: number): number =>
  Math.max(...parts.map(({ since, seenAt }) => (now - seenAt > coreGapMs ? now : since)));

/** Whether a region is dark that was last seen (or made) then. What the core could not hear does not count. */
export const isDark = ({ seenAt, heard }: Readonly<{ seenAt: number; heard: number }>, now: number): boolean =>
  now - Math.max(seenAt, heard) > darkAfterMs;
