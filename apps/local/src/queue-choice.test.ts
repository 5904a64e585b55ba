import { expect, test } from 'vitest';
import { chooseQueue } from './queue-choice.ts';

const here = (): string => '7.0.15';
const absent = (): null => null;

test.for([
  ['REDIS_URL wins over a redis-server on the PATH', { redisUrl: 'redis://h', queue: 'any' }, here, 'redis-url'],
  ['a redis-server on the PATH is used', { redisUrl: null, queue: 'any' }, here, 'own-redis'],
  ['without either, PostgreSQL is the queue', { redisUrl: null, queue: 'any' }, absent, 'postgres'],
  ['FARWATCH_QUEUE=postgres wins over everything', { redisUrl: 'redis://h', queue: 'postgres' }, here, 'postgres'],
] as const)('%s', ([, settings, find, kind]) => {
  expect(chooseQueue(settings, find).kind).toBe(kind);
});

test('a Redis that was asked for and is not there is said, not silently replaced', () => {
  expect(() => chooseQueue({ redisUrl: null, queue: 'redis' }, absent)).toThrow('FARWATCH_QUEUE');
});
