import type { ConfirmCheck } from '@farwatch/contracts';
import { expect, test } from 'vitest';
import { monitorId } from './probe.fixture.ts';
import { openRequestLane } from './request-lane.ts';

const asked = (n: number, trigger: ConfirmCheck['trigger']): ConfirmCheck => ({
  ...{ monitorId: monitorId(n), region: 'fra', trigger, scheduledAt: n, expiresAt: n + 1 },
});
const stage = (places: number) => {
  const started: string[] = [];
  const errors: string[] = [];
  const hold = Promise.withResolvers<void>();
  const answer = ({ trigger, scheduledAt }: ConfirmCheck): Promise<void> => {
    started.push(`${trigger} ${scheduledAt}`);
    return trigger === 'request' ? hold.promise : Promise.resolve();
  };
  const lane = openRequestLane(answer, { places, onError: ({ message }) => void errors.push(message) });
  return { lane, started, errors, hold };
};

test('looks that people ask for, however many and slow, never hold a job that a confirmation waits behind', async () => {
  const { lane, started, hold } = stage(2);
  for (const n of [1, 2, 3]) await lane.handle(asked(n, 'request')); // would not resolve if the job were held
  await lane.handle(asked(4, 'confirmation'));
  expect(started).toEqual(['request 1', 'request 2', 'confirmation 4']);
  hold.resolve();
  await expect.poll(() => started).toContain('request 3');
});

test('a confirmation’s job lasts until it has been answered', async () => {
  const hold = Promise.withResolvers<void>();
  const lane = openRequestLane(() => hold.promise, { places: 1, onError: () => undefined });
  let done = false;
  const handled = lane.handle(asked(1, 'confirmation')).then(() => {
    done = true;
  });
  await Promise.resolve();
  expect(done).toBe(false);
  hold.resolve();
  await handled;
});

test('closing waits for those that run and begins no more', async () => {
  const { lane, started, hold } = stage(1);
  for (const n of [1, 2]) await lane.handle(asked(n, 'request'));
  const closed = lane.close();
  hold.resolve();
  await closed;
  expect(started).toEqual(['request 1']);
});

test('more than can wait are dropped, and that is told', async () => {
  const { lane, errors } = stage(1);
  for (let n = 0; n < 1_003; n++) await lane.handle(asked(n, 'request'));
  expect(errors).toHaveLength(2);
});

test('a look that a person asked for while the API is away is made when it is back', async () => {
  let tries = 0;
  const looked: number[] = [];
  const errors: string[] = [];
  const answer = async ({ scheduledAt }: ConfirmCheck): Promise<void> => {
    if (++tries < 3) throw new Error('the API is away');
    looked.push(scheduledAt);
  };
  const lane = openRequestLane(answer, { places: 1, againMs: 1, onError: ({ message }) => void errors.push(message) });
  await lane.handle(asked(1, 'request'));
  await expect.poll(() => looked).toEqual([1]);
  expect(errors).toEqual(['the API is away', 'the API is away']);
});

test('closing does not wait for what is tried again', async () => {
  const tried = Promise.withResolvers<void>();
  const answer = (): Promise<void> => {
    tried.resolve();
    return Promise.reject(new Error('the API is away'));
  };
  const lane = openRequestLane(answer, { places: 1, againMs: 60_000, onError: () => undefined });
  await lane.handle(asked(1, 'request'));
  await tried.promise;
  await lane.close();
});
