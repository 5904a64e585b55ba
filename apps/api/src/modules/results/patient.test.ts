import { expect, test } from 'vitest';
import { patiently, saysAway } from './patient.ts';

const failure = (message: string, code?: string): Error => Object.assign(new Error(message), code && { code });

test.each([
  [failure('the database system is shutting down', '57P01'), true],
  [failure('terminating connection because of crash of another server process', '57P02'), true],
  [failure('the database system is starting up', '57P03'), true],
  [failure('connection failure', '08006'), true],
  [failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'), true],
  [failure('Connection terminated unexpectedly'), true],
  [failure('timeout exceeded when trying to connect'), true],
  [failure('canceling statement due to statement timeout', '57014'), false],
  [failure('deadlock detected', '40P01'), false],
  [failure('null value in column', '23502'), false],
  [failure('state.regions is not iterable'), false],
  ['a string', false],
])('whether %s says that the database is away', (error, away) => expect(saysAway(error)).toBe(away));

test('work waits while the database is away, and is done once it is there', async () => {
  let tries = 0;
  const work = patiently(async (n: number) => {
    tries += 1;
    if (tries < 3) throw failure('Connection terminated unexpectedly');
    return n * 2;
  }, new AbortController().signal);
  expect([await work(21), tries]).toEqual([42, 3]);
});
test('another fault is no reason to wait', async () => {
  let tries = 0;
  const work = patiently(async () => {
    tries += 1;
    throw failure('deadlock detected', '40P01');
  }, new AbortController().signal);
  await expect(work(1)).rejects.toThrow('deadlock');
  expect(tries).toBe(1);
});
test('a worker that ends gives the work back', async () => {
  const closing = new AbortController();
  const work = patiently(async () => {
    throw failure('Connection terminated unexpectedly');
  }, closing.signal);
  const done = work(1);
  closing.abort();
  await expect(done).rejects.toThrow('terminated');
});
