import { expect, test } from 'vitest';
import { openAtOnce } from './at-once.ts';
import type { Due } from './store.ts';

const dueOf = (n: number): Due => ({ deliveryId: String(n), attempt: 1 });

const stage = (most: number) => {
  const tried: string[] = [];
  const queued: string[] = [];
  const faults: unknown[] = [];
  const ends: (() => void)[] = [];
  const atOnce = openAtOnce({
    most,
    deliver: async ({ deliveryId }) => {
      tried.push(deliveryId);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (deliveryId === '13') throw new Error('the database is away');
    },
    queue: async (due) => void queued.push(...due.map(({ deliveryId }) => deliveryId)),
    onError: (error) => void faults.push(error),
  });
  const endAll = (): void => {
    for (const end of ends.splice(0)) end();
  };
  return { atOnce, tried, queued, faults, endAll };
};

test('what finds a place is tried at once, the rest goes by the queue, and a place is free again in the end', async () => {
  const { atOnce, tried, queued, endAll } = stage(2);
  await atOnce.send([1, 2, 3].map(dueOf));
  expect([tried, queued]).toEqual([['1', '2'], ['3']]);
  await atOnce.send([dueOf(4)]);
  expect(queued).toEqual(['3', '4']);
  endAll();
  await atOnce.close();
  await atOnce.send([dueOf(5)]);
  expect(tried).toEqual(['1', '2', '5']);
  endAll();
});
test('one that could not be tried is told and holds up no other', async () => {
  const { atOnce, faults, endAll } = stage(2);
  await atOnce.send([dueOf(13), dueOf(1)]);
  endAll();
  await atOnce.close();
  expect(faults).toHaveLength(1);
});
test('the end waits for those under way', async () => {
  const { atOnce, endAll } = stage(1);
  await atOnce.send([dueOf(1)]);
  let closed = false;
  const closing = atOnce.close().then(() => {
    closed = true;
  });
  await Promise.resolve();
  expect(closed).toBe(false);
  endAll();
  await closing;
});
