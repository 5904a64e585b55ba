/** A batch that the queue has taken and the database, as far as the probe knows, not yet. Moments on the steady clock, ms. */
export type Sent = Readonly<{ sentAt: number; sends: number }>;

/** A batch is on its way this long before anyone wonders. */
const patienceMs = 5_000;
/** Batches overtake each other by less than this. */
const overtakeMs = 3_000;
/** While nothing at all is stored the worker is away, and the queue has what it has: asked for again, but seldom. */
const firstWaitMs = 15_000;
const lastWaitMs = 300_000;

/**
 * Whether a batch goes to the queue once more. It was lost there when one that was sent later is in the database already;
 * otherwise it is sent again after waits that double. Sending one that still waits there changes nothing.
 */
export const isDueAgain = ({ sentAt, sends }: Sent, newestStored: number, now: number): boolean => {
  const waited = now - sentAt;
  if (waited < patienceMs) return false;
  return newestStored > sentAt + overtakeMs || waited >= Math.min(lastWaitMs, firstWaitMs * 2 ** (sends - 1));
};
