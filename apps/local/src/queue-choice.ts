import { Problem } from './problem.ts';
import { redisOnPath } from './redis.ts';
import type { Settings } from './settings.ts';

export type QueueChoice =
  | Readonly<{ kind: 'redis-url'; url: string; words: string }>
  | Readonly<{ kind: 'own-redis'; words: string }>
  | Readonly<{ kind: 'postgres'; words: string }>;

/** Which queue to use, and the words for the start screen. Throws a `Problem` when the one that was asked for isn't there. */
export const chooseQueue = (
  { redisUrl, queue }: Pick<Settings, 'redisUrl' | 'queue'>,
  findRedis: () => string | null = redisOnPath,
): QueueChoice => {
  if (queue === 'postgres') return { kind: 'postgres', words: 'PostgreSQL (FARWATCH_QUEUE=postgres)' };
  if (redisUrl !== null) return { kind: 'redis-url', url: redisUrl, words: 'the Redis of REDIS_URL' };
  const version = findRedis();
  if (version !== null)
    return { kind: 'own-redis', words: `Redis ${version}, found on this machine and started beside the rest` };
  if (queue === 'redis') {
    throw new Problem(
      'FARWATCH_QUEUE is redis, but REDIS_URL is not set and no redis-server 6.2 or newer is on the PATH.',
    );
  }
  return { kind: 'postgres', words: 'PostgreSQL (no redis-server on this machine, which is fine)' };
};
