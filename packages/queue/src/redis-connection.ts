import { Cluster, Redis } from 'ioredis';
import { clusterAddress } from './backend.ts';

/** `waiting` clients retry a command for ever, as a consumer must; `hasty` ones refuse at once while Redis is away. */
export type Patience = 'waiting' | 'hasty';

const backoff = (times: number): number => Math.min(100 * 2 ** Math.min(times, 5), 2_000);

const optionsFor = (patience: Patience) => ({
  connectTimeout: 3_000,
  keepAlive: 10_000,
  retryStrategy: backoff,
  maxRetriesPerRequest: patience === 'waiting' ? null : 0,
  enableOfflineQueue: patience === 'waiting',
});

export type RedisConnection = Readonly<{ client: Redis | Cluster; release: () => void }>;

/** A client of its own for one queue. `release` lets go at once and stops reconnecting. */
export const openRedis = (url: string, patience: Patience, onError: (error: Error) => void): RedisConnection => {
  const options = optionsFor(patience);
  const cluster = clusterAddress(url);
  const client = cluster === null ? new Redis(url, options) : openCluster(cluster, options);
  client.on('error', onError);
  return { client, release: () => client.disconnect() };
};

const openCluster = (
  { nodes, tls, username, password }: NonNullable<ReturnType<typeof clusterAddress>>,
  { retryStrategy, enableOfflineQueue, ...options }: ReturnType<typeof optionsFor>,
): Cluster =>
  new Cluster([...nodes], {
    enableOfflineQueue,
    clusterRetryStrategy: retryStrategy,
    slotsRefreshTimeout: 3_000,
    redisOptions: {
      ...options,
      ...(tls ? { tls: {} } : {}),
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    },
  });
