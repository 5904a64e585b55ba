import type { Db } from '../../db.ts';
import { type Due, dueDeliveries } from './store.ts';

export type SweepDeps = Readonly<{
  db: Pick<Db, 'sql'>;
  /** The producer of the `deliveries` queue. */
  deliveryQueue: Readonly<{ send: (due: Due) => Promise<void> }>;
}>;

const limit = 1_000;
/** So many calls of one program may be on their way. */
const perChannel = 8;

/**
 * Puts what is due on the queue: retries and quiet hours whose time has come, and what a crash left behind between commit
 * and enqueue or in the middle of an attempt. A job that still waits is the same job. Answers how many. Rejects while the
 * queue is away; the next sweep finds them again.
 */
export const sweepDeliveries =
  ({ db, deliveryQueue }: SweepDeps, now: () => number = Date.now) =>
  async (): Promise<number> => {
    const due = await dueDeliveries(db.sql, { now: now(), limit, perChannel });
    await Promise.all(due.map((one) => deliveryQueue.send(one)));
    return due.length;
  };
