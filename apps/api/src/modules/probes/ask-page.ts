import { type PageRead, pageReads } from '@farwatch/contracts';
import { openProducer, type Producer, type QueueBackend } from '@farwatch/queue';

export type PageAsker = Readonly<{
  /** Asks a region's probe to read what a person typed. Rejects within seconds while the queue is away. */
  ask: (read: PageRead) => Promise<void>;
  close: () => Promise<void>;
}>;

/** One producer per region that was ever asked. */
export const openPageAsker = (backend: QueueBackend, onError?: (error: Error) => void): PageAsker => {
  const producers = new Map<string, Producer<ReturnType<typeof pageReads>['payload']>>();
  return {
    ask: async (read) => {
      const producer = producers.get(read.region) ?? openProducer(pageReads(read.region), backend, onError);
      producers.set(read.region, producer);
      await producer.send(read);
    },
    close: async () => {
      await Promise.all([...producers.values()].map((producer) => producer.close()));
    },
  };
};
