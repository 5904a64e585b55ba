import fastify from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useErrors } from './errors.ts';
import { health } from './health.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const appWith = (database: () => Promise<unknown>) => {
  const app = fastify();
  useErrors(app);
  app.register(health, { needs: { database } });
  return { app, ready: async () => (await app.inject('/readyz')).statusCode };
};

test('a crowd that asks whether it is ready makes one ping, and the next moment another', async () => {
  const asked = vi.fn(async () => undefined);
  const { app, ready } = appWith(asked);
  expect(await Promise.all(Array.from({ length: 50 }, ready))).toEqual(Array.from({ length: 50 }, () => 200));
  expect(await ready()).toBe(200);
  expect(asked).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(await ready()).toBe(200);
  expect(asked).toHaveBeenCalledTimes(2);
  await app.close();
});

test('a need that went away is told within a moment, and so is its return', async () => {
  let up = false;
  const { app, ready } = appWith(async () => {
    if (!up) throw new Error('gone');
  });
  expect(await ready()).toBe(503);
  up = true;
  vi.advanceTimersByTime(1_000);
  expect(await ready()).toBe(200);
  await app.close();
});
