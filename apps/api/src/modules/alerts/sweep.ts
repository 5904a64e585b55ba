import type { Db } from '../../db.ts';
import type { AlertStore, Due } from './store.ts';

export type SweepDeps = Readonly<{
  db: Pick<Db, 'sql'>;
  alerts: Pick<AlertStore, 'handOver'>;
  /** The producer of the `deliveries` queue. */
  deliveryQueue: Readonly<{ send: (due: Due) => Promise<void> }>;
}>;

/** A job that nobody took by then is sent again; while it still waits in the queue, the same key is the same job. */
const handOverMs = 10_000;
const batch = 200;
const maxBatches = 10;
/** More of one channel would only wait for each other; whoever sends takes the rest from the table. */
const perChannel = 5;

/**
 * Puts what is due on the queue: retries whose time has come, and what a crash left behind between commit and enqueue
 * or in the middle of an attempt. Answers how many. Rejects while the queue is away; the next sweep finds them again.
 */
export const sweepDeliveries =
  ({ db, alerts, deliveryQueue }: SweepDeps, now: () => number = Date.now) =>
  async (): Promise<number> => {
    let count = 0;
    for (let round = 0; round < maxBatches; round++) {
      const leaseUntil = now() + handOverMs;
      const due = await alerts.handOver(db.sql, { now: now(), leaseUntil, limit: batch, perChannel });
      await Promise.all(due.map((one) => deliveryQueue.send(one)));
      count += due.length;
      if (due.length < batch) break;
    }
    return count;
  };
