import { setTimeout as pause } from 'node:timers/promises';
import {
  type BackendFactory,
  createPostgresBackend,
  type Job,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  Queue,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import type { QueueBackend } from './backend.ts';
import { openRedis } from './redis-connection.ts';

// BullMQ is met here and nowhere else: what differs between its two backends stays in this file.

export type OnError = (error: Error) => void;
export type BullQueue = Readonly<{ queue: Pick<Queue, 'add' | 'waitUntilReady'>; close: () => Promise<void> }>;
export type BullWorker = Readonly<{
  /** May never settle on Redis; a rejection on PostgreSQL is final. */
  waitUntilReady: () => Promise<unknown>;
  /** Takes no more jobs and waits for those at hand, and on Redis for a connection: both may be without end. */
  close: () => Promise<void>;
  /** Lets go of the connection at once. */
  release: () => void;
}>;

/** All keys of one queue share a hash tag, so that a Cluster keeps them together and spreads the queues. */
const prefixOf = (name: string): string => `{farwatch-${name}}`;

const postgresOptions = (
  { url, schema }: QueueBackend & { kind: 'postgres' },
  max: number,
  queryTimeoutMs: number,
) => ({
  connectionString: url,
  schema,
  max,
  connectionTimeoutMillis: 3_000,
  query_timeout: queryTimeoutMs,
  keepAlive: true,
});

/** A worker whose fetch fails for another reason than a refused connection would ask again at once, and spin. */
const unhurriedBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (name, options, extra) => {
  const backend = createPostgresBackend(name, options, extra);
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = async (token, workerName) => {
    try {
      return await moveToActive(token, workerName);
    } catch (error) {
      await pause(500);
      throw error;
    }
  };
  return backend;
};

/** A queue to send to. Its `waitUntilReady` may never settle on Redis, and a rejection on PostgreSQL is final. */
export const openBullQueue = (name: string, backend: QueueBackend, onError: OnError): BullQueue => {
  if (backend.kind === 'postgres') {
    const queue = new Queue(name, { connection: postgresOptions(backend, 2, 4_000) }, createPostgresBackend);
    queue.on('error', onError);
    return { queue, close: () => queue.close() };
  }
  const { client, release } = openRedis(backend.url, 'hasty', onError);
  const streams = { events: { maxLen: 100 } }; // nobody reads them
  const queue = new Queue(name, { connection: client, prefix: prefixOf(name), streams });
  queue.on('error', onError);
  return {
    queue,
    close: async () => {
      release(); // first: closing waits for a connection that may never come
      await queue.close();
    },
  };
};

export type WorkerSettings = Omit<WorkerOptions, 'connection' | 'prefix'>;
export type WorkerEvents = Readonly<{ onError: OnError; onFailed: (job: Job | undefined, error: Error) => void }>;

/** Starts to work at once. */
export const openBullWorker = (
  name: string,
  backend: QueueBackend,
  work: (job: Job<unknown>) => Promise<void>,
  settings: WorkerSettings,
  { onError, onFailed }: WorkerEvents,
): BullWorker => {
  if (backend.kind === 'postgres') {
    const connection = postgresOptions(backend, 3, 15_000);
    const worker = new Worker(name, work, { ...settings, connection }, unhurriedBackend);
    worker.on('error', onError).on('failed', onFailed);
    const release = () => void worker.disconnect().catch(onError);
    return { waitUntilReady: () => worker.waitUntilReady(), close: () => worker.close(), release };
  }
  const { client, release } = openRedis(backend.url, 'waiting', onError);
  const worker = new Worker(name, work, { ...settings, connection: client, prefix: prefixOf(name) });
  worker.on('error', onError).on('failed', onFailed);
  return {
    waitUntilReady: () => worker.waitUntilReady(),
    close: () => worker.close(),
    release: () => {
      release();
      worker.disconnect().catch(onError); // its second connection, on which it waits for jobs
    },
  };
};
