import { type ConfirmCheck, confirmChecks } from '@farwatch/contracts';
import { openProducer, type Producer, type QueueBackend, type SendOptions } from '@farwatch/queue';

export type Asker = Readonly<{
  /** Asks regions for looks out of turn. Rejects within seconds while the queue is away: the slots come anyway. */
  ask: (checks: readonly ConfirmCheck[]) => Promise<void>;
  close: () => Promise<void>;
}>;

/**
 * A look that is due later waits in the queue, not in a probe that has room for few; it comes this much early, and the
 * probe waits the rest, so that the queue's delay needs to be no more exact than that.
 */
const earlyMs = 500;

/** How the queue treats a look that is asked for now. An incident waits for a confirmation, a person for a request. */
export const sendOptions = ({ trigger, scheduledAt }: ConfirmCheck, now: number): SendOptions => {
  const delayMs = scheduledAt - now - earlyMs;
  return { ...(trigger === 'request' ? { priority: 1 } : {}), ...(delayMs > 0 ? { delayMs } : {}) };
};

/** One producer per region that was ever asked; regions come from the configuration, so they are few. */
export const openAsker = (backend: QueueBackend, onError?: (error: Error) => void): Asker => {
  const producers = new Map<string, Producer<ReturnType<typeof confirmChecks>['payload']>>();
  const producerOf = (region: string) => {
    const producer = producers.get(region) ?? openProducer(confirmChecks(region), backend, onError);
    producers.set(region, producer);
    return producer;
  };
  return {
    ask: async (checks) => {
      const send = (check: ConfirmCheck) => producerOf(check.region).send(check, sendOptions(check, Date.now()));
      await Promise.all(checks.map(send));
    },
    close: async () => {
      await Promise.all([...producers.values()].map((producer) => producer.close()));
    },
  };
};
