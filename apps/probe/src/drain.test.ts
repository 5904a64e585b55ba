import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckReport } from '@farwatch/contracts';
import { waitUntil } from '@farwatch/testkit';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDrain, type Pace } from './drain.ts';
import { down, result, silent } from './probe.fixture.ts';
import { openSpool } from './spool.ts';

let dir: string;
let closing: AbortController;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'farwatch-drain-'));
  closing = new AbortController();
});
afterEach(async () => {
  closing.abort();
  await rm(dir, { recursive: true, force: true });
});

const hasty: Pace = { away: { firstMs: 1, lastMs: 2 }, refused: { firstMs: 1, lastMs: 2, times: 3 } };
const batch = (at: number): CheckReport => ({
  probeId: 'fra.1',
  batchId: uuidv7(),
  sentAt: 1,
  results: [result(1, at, down(502))] as CheckReport['results'], // readonly there, never written here
});
/** Batches on disk at the slots 1, 2, …, and a queue that refuses what `refuses` says. */
const stage = async (count: number, refuses: (slot: number) => boolean) => {
  const spool = await openSpool(dir, 10_000_000, silent);
  for (let at = 1; at <= count; at++) await spool.add(batch(at));
  const taken: number[] = [];
  const tried: number[] = [];
  const send = async ({ results }: CheckReport): Promise<void> => {
    const slot = results[0]?.scheduledAt ?? 0;
    tried.push(slot);
    if (refuses(slot)) throw new Error('unsupported Unicode escape sequence');
    taken.push(slot);
  };
  openDrain({ spool, send, log: silent, steady: () => performance.now() }, closing.signal, hasty)();
  return { spool, taken, tried };
};

test('a batch the queue refuses lets the others pass, and is set aside and counted after so many refusals', async () => {
  const { spool, taken, tried } = await stage(3, (slot) => slot === 2);
  let newest = 3;
  await waitUntil(async () => {
    if (spool.waiting() === 1) await spool.add(batch(++newest)); // as a probe at work does
    return spool.waiting() === 0 && spool.dropped().bad === 1; // counted a moment after it was set aside
  }, 5_000);
  expect(taken).toEqual(Array.from({ length: newest }, (_, i) => i + 1).filter((slot) => slot !== 2));
  expect(tried.filter((slot) => slot === 2).length).toBeGreaterThanOrEqual(3);
  expect(spool.dropped()).toEqual({ good: 0, bad: 1 });
  expect(await readdir(join(dir, 'refused'))).toHaveLength(1);
});
test('while the queue takes nothing at all nobody is to blame: all wait, and all go', async () => {
  let away = true;
  const { spool, taken, tried } = await stage(4, () => away);
  await waitUntil(() => tried.filter((slot) => slot === 1).length > 10, 30_000);
  expect(spool.waiting()).toBe(4);
  away = false;
  await waitUntil(() => spool.waiting() === 0, 30_000);
  expect(taken.toSorted()).toEqual([1, 2, 3, 4]);
  expect(spool.dropped()).toEqual({ good: 0, bad: 0 });
});
test('a file that can not be read any more is counted as dropped and holds up no other', async () => {
  await writeFile(join(dir, '00000000-0000-7000-8000-000000000000.bad.7.json'), '{"probeId":');
  const { spool, taken } = await stage(1, () => false);
  await waitUntil(() => spool.waiting() === 0, 30_000);
  expect(taken).toEqual([1]);
  expect(spool.dropped()).toEqual({ good: 0, bad: 7 });
});
