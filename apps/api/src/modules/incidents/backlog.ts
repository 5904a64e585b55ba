/** A report that took longer than this from its probe to here has waited. */
const waitedMs = 3_000;
/** Where one has waited there may be more; so long nobody's silence is taken for an answer. */
const cautiousForMs = 10_000;

/** Whether this worker still reads what came while it, the queue or the database was away. Moments are epoch ms. */
export type Backlog = Readonly<{
  took: (sentAt: number, now: number) => void;
  /** The regions may have answered: their reports are only not read yet, so no deadline is over. */
  isBehind: (now: number) => boolean;
}>;

/** A worker that begins is behind until it has looked around. */
export const openBacklog = (startedAt: number): Backlog => {
  let cautiousUntil = startedAt + cautiousForMs;
  return {
    took: (sentAt, now) => {
      if (now - sentAt > waitedMs) cautiousUntil = now + cautiousForMs;
    },
    isBehind: (now) => now < cautiousUntil,
  };
};
