import { Client } from 'pg';
import type { QueueBackend } from './backend.ts';
import { within } from './deadline.ts';
import { openRedis } from './redis-connection.ts';

const settingOf = ({ kind }: QueueBackend) => (kind === 'redis' ? 'REDIS_URL' : 'QUEUE_DATABASE_URL (or DATABASE_URL)');

const pingRedis = async (url: string): Promise<void> => {
  let last: Error | undefined;
  const { client, release } = openRedis(url, 'waiting', (error) => {
    last = error;
  });
  try {
    const dead = new Promise<never>((_, reject) => {
      client.on('close', () => last !== undefined && reject(last));
    });
    await Promise.race([client.ping(), dead]);
  } finally {
    release();
  }
};

const pingPostgres = async (url: string, timeoutMs: number): Promise<void> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs });
  client.on('error', () => undefined); // the query below rejects too
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Resolves when the queue's server answers. Rejects within `timeoutMs` with one line that names the setting. */
export const pingQueue = async (backend: QueueBackend, timeoutMs: number): Promise<void> => {
  const ping = backend.kind === 'redis' ? pingRedis(backend.url) : pingPostgres(backend.url, timeoutMs);
  try {
    await within(timeoutMs, 'no answer', ping);
  } catch (error) {
    throw new Error(`${settingOf(backend)}: the queue cannot be reached: ${reasonOf(error)}`, { cause: error });
  }
};

/** Node gathers the failures of a name with several addresses in an AggregateError without a message of its own. */
const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
};
