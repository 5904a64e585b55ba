import { expect, test } from 'vitest';
import { bounded, openPasswords } from './passwords.ts';

const full = () => new Error('full');

test('no more run at once than may, and all get their turn', async () => {
  const inTurn = bounded(2, 10, full);
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  let running = 0;
  let most = 0;
  const work = gates.map(({ promise }, i) =>
    inTurn(async () => {
      most = Math.max(most, ++running);
      await promise;
      running -= 1;
      return i;
    }),
  );
  for (const { resolve } of gates) resolve();
  expect(await Promise.all(work)).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test('who would wait behind too many is turned away at once', async () => {
  const inTurn = bounded(1, 1, full);
  const gate = Promise.withResolvers<void>();
  const first = inTurn(() => gate.promise);
  const second = inTurn(async () => 'second');
  await expect(inTurn(async () => 'third')).rejects.toThrow('full');
  gate.resolve();
  await first;
  expect(await second).toBe('second');
});

test('work that fails makes room for the next', async () => {
  const inTurn = bounded(1, 1, full);
  await expect(inTurn(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await inTurn(async () => 'next')).toBe('next');
});

test('a password is told from another', async () => {
  const { hash, verify } = openPasswords(full);
  const known = await hash('correct horse battery');
  expect(await verify({ hash: known, password: 'correct horse battery' })).toBe(true);
  expect(await verify({ hash: known, password: 'correct horse' })).toBe(false);
}, 30_000);
