import { expect, test } from 'vitest';
import { reportOf, resultOf } from '../../world.fixture.ts';
import { signsOfReports } from './signs-of-reports.ts';

const now = 1_800_000_000_000;
const db = { sql: { query: () => Promise.reject(new Error('nothing is asked of the database itself')) } };
const report = (sentAt: number) => ({ ...reportOf([resultOf('m', 'up', now, { region: 'fra' })]), sentAt });

test('a second report of a region goes on only once the first one’s sign of life is written', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const writes: Date[] = [];
  const seen = (_: unknown, __: string, at: Date): Promise<void> => {
    writes.push(at);
    return promise;
  };
  const sign = signsOfReports({ db, regions: { seen } });
  const done: string[] = [];
  const both = [
    sign(report(now), now).then(() => done.push('first')),
    sign(report(now + 50), now + 50).then(() => done.push('second')),
  ];
  await new Promise(setImmediate);
  expect([writes, done]).toEqual([[new Date(now)], []]);
  resolve();
  await Promise.all(both);
  expect(done.toSorted()).toEqual(['first', 'second']);
});

test('a sign of life that could not be written is written by the next report', async () => {
  let tries = 0;
  const seen = (): Promise<void> => (++tries === 1 ? Promise.reject(new Error('away')) : Promise.resolve());
  const sign = signsOfReports({ db, regions: { seen } });
  await expect(sign(report(now), now)).rejects.toThrow('away');
  await sign(report(now + 50), now + 50);
  await sign(report(now + 100), now + 100);
  expect(tries).toBe(2);
});
