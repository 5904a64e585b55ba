import { type ConfirmCheck, confirmChecks } from '@farwatch/contracts';
import { openProducer, type Producer, type QueueBackend } from '@farwatch/queue';

export type Asker = Readonly<{
  /** Asks regions for looks out of turn. Rejects within seconds while the queue is away: the slots come anyway. */
  ask: (checks: readonly ConfirmCheck[]) => Promise<void>;
  close: () => Promise<void>;
}>;

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
      // An incident waits for a confirmation, a person for a request: jobs without a priority go first.
      const send = (check: ConfirmCheck) =>
        producerOf(check.region).send(check, check.trigger === 'request' ? { priority: 1 } : {});
      await Promise.all(checks.map(send));
    },
    close: async () => {
      await Promise.all([...producers.values()].map((producer) => producer.close()));
    },
  };
};
