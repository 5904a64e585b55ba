/** A report whose newest look ended longer ago than this has waited: in the queue, or on the disk of its probe. */
const waitedMs = 3_000;
export const hasWaited = (newestEndAt: number, now: number): boolean => now - newestEndAt > waitedMs;
/** When the last of these looks ended, epoch ms. */
export const newestEnd = (looks: readonly Readonly<{ startedAt: number; totalMs: number }>[]): number =>
  looks.reduce((newest, { startedAt, totalMs }) => Math.max(newest, startedAt + totalMs), 0);
/** Where one has waited there may be more; so long nobody's silence is taken for an answer. */
const cautiousForMs = 10_000;

/** Whether this worker still reads what came while it, the queue or the database was away. Moments are epoch ms. */
export type Backlog = Readonly<{
  /** `newestEndAt`: when the last look of a report ended. */
  took: (newestEndAt: number, now: number) => void;
  /** The regions may have answered: their reports are only not read yet, so no deadline is over. */
  isBehind: (now: number) => boolean;
}>;

/** A worker that begins is behind until it has looked around. */
export const openBacklog = (startedAt: number): Backlog => {
  let cautiousUntil = startedAt + cautiousForMs;
  return {
    took: (newestEndAt, now) => {
      if (hasWaited(newestEndAt, now)) cautiousUntil = now + cautiousForMs;
    },
    isBehind: (now) => now < cautiousUntil,
  };
};
