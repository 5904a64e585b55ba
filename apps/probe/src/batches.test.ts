import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckReport } from '@farwatch/contracts';
import { waitUntil } from '@farwatch/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Batches, openBatches } from './batches.ts';
import { down, result, silent } from './probe.fixture.ts';
import { openSpool } from './spool.ts';

let dir: string;
let open: Batches[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'farwatch-batches-'));
});
afterEach(async () => {
  for (const batches of open) await batches.close();
  open = [];
  await rm(dir, { recursive: true, force: true });
});

/** A queue that can be away, and remembers what it took. */
const stage = async () => {
  const spool = await openSpool(dir, 10_000_000, silent);
  const taken: CheckReport[] = [];
  const settled: number[] = [];
  const ahead = { ms: 0 };
  const queue = { away: false, tried: [] as CheckReport[] };
  const send = async (report: CheckReport): Promise<void> => {
    queue.tried.push(report);
    if (queue.away) throw new Error('away');
    taken.push(report);
  };
  const onSettled = (results: readonly { scheduledAt: number }[]): void =>
    void settled.push(...results.map(({ scheduledAt }) => scheduledAt));
  const clocks = { steady: () => performance.now(), aheadMs: () => ahead.ms };
  const batches = openBatches({ probeId: 'fra.1', send, spool, log: silent, ...clocks, onSettled });
  open.push(batches);
  return { spool, taken, settled, queue, batches, ahead };
};
const slots = (reports: readonly CheckReport[]): number[] =>
  reports.flatMap(({ results }) => results.map(({ scheduledAt }) => scheduledAt));

describe('while the queue is there', () => {
  test('bad news leaves at once and takes along what waits', async () => {
    const { taken, batches } = await stage();
    const begun = performance.now();
    batches.add(result(1, 1), false);
    batches.add(result(2, 2, down(502)), true);
    await waitUntil(() => taken.length > 0, 500);
    expect(performance.now() - begun).toBeLessThan(500);
    expect(slots(taken)).toEqual([1, 2]);
  });
  test('good news leaves together, within a second', async () => {
    const { taken, batches } = await stage();
    for (let at = 1; at <= 20; at++) batches.add(result(1, at), false);
    expect(taken).toEqual([]);
    await waitUntil(() => taken.length > 0, 1_500);
    expect(taken).toHaveLength(1);
    expect(slots(taken)).toHaveLength(20);
  });
  test('no batch has more than 500 results, and a full one does not wait', async () => {
    const { taken, settled, batches } = await stage();
    for (let at = 1; at <= 1_200; at++) batches.add(result(1, at), false);
    await waitUntil(() => settled.length === 1_200, 800);
    expect(taken.map(({ results }) => results.length)).toEqual([500, 500, 200]);
    expect(new Set(taken.map(({ batchId }) => batchId)).size).toBe(3);
  });
  test('failures with large pages travel in batches of about a megabyte, whole and in order', async () => {
    const { taken, settled, batches } = await stage();
    const page = { url: 'http://x/', status: 502, reason: null, headers: [], bodyTruncated: true };
    const evidence = { ...page, bodyBase64: 'A'.repeat(87_000) };
    for (let at = 1; at <= 50; at++) batches.add(result(1, at, down(502), { evidence }), true);
    await waitUntil(() => settled.length === 50, 30_000);
    expect(slots(taken)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    const largest = Math.max(...taken.map((report) => JSON.stringify(report).length));
    expect([largest > 900_000, largest < 1_050_000]).toEqual([true, true]);
  });
});

describe('until the database has it', () => {
  test('a batch that the queue has taken stays on disk, and an end of the probe does not end that', async () => {
    const before = await stage();
    before.batches.add(result(1, 1), true);
    await before.batches.close();
    expect(before.taken).toHaveLength(1);
    const after = await stage();
    expect(after.spool.list().map(({ batchId }) => batchId)).toEqual(before.taken.map(({ batchId }) => batchId));
    after.batches.drain();
    await waitUntil(() => after.taken.length === 1, 30_000);
    expect(after.taken[0]?.batchId).toBe(before.taken[0]?.batchId);
  });
  test('a disk that refuses loses nothing while the queue is there, and is counted while it is not', async () => {
    const { spool, taken, settled, queue, batches } = await stage();
    await rm(dir, { recursive: true });
    await writeFile(dir, 'a file where the folder was');
    batches.add(result(1, 1), true);
    await batches.flush();
    expect([slots(taken), spool.dropped()]).toEqual([[1], { good: 0, bad: 0 }]);
    queue.away = true;
    batches.add(result(1, 2, down(502)), true);
    await batches.flush();
    expect([settled, spool.dropped()]).toEqual([[1, 2], { good: 0, bad: 1 }]);
  });
});

describe('while the queue is away', () => {
  test('batches wait on disk and are drained in order, with the same ids', async () => {
    const { spool, taken, settled, queue, batches } = await stage();
    queue.away = true;
    for (let at = 1; at <= 3; at++) {
      batches.add(result(1, at, down(502)), true);
      await batches.flush();
    }
    expect(spool.waiting()).toBe(3);
    expect(settled).toEqual([1, 2, 3]);
    const first = queue.tried[0]?.batchId;
    queue.away = false;
    await waitUntil(() => spool.waiting() === 0, 30_000);
    expect(slots(taken)).toEqual([1, 2, 3]);
    expect(taken[0]?.batchId).toBe(first);
  });
  test('how far the wall clock was off when a batch was made stays with it; a right one says nothing', async () => {
    const { spool, taken, queue, batches, ahead } = await stage();
    batches.add(result(1, 1), true);
    await batches.flush();
    queue.away = true;
    ahead.ms = 3_600_000;
    batches.add(result(1, 2), true);
    await batches.flush();
    ahead.ms = 0;
    queue.away = false;
    await waitUntil(() => spool.waiting() === 0 && taken.length === 2, 30_000);
    expect(taken.map(({ clockOffsetMs }) => clockOffsetMs)).toEqual([undefined, 3_600_000]);
  });
  test('results that come while the disk is drained stay behind what is older', async () => {
    const { spool, taken, queue, batches } = await stage();
    queue.away = true;
    batches.add(result(1, 1), true);
    await batches.flush();
    batches.add(result(1, 2), true);
    await batches.flush();
    queue.away = false;
    batches.add(result(1, 3), true);
    await waitUntil(() => spool.waiting() === 0 && taken.length === 3, 30_000);
    expect(slots(taken)).toEqual([1, 2, 3]);
  });
  test('an end of the probe loses nothing: the next one sends what was kept', async () => {
    const before = await stage();
    before.queue.away = true;
    before.batches.add(result(1, 1), false);
    before.batches.add(result(1, 2, down(500)), true);
    await before.batches.close();
    const after = await stage();
    after.batches.drain();
    await waitUntil(() => after.taken.length > 0, 30_000);
    expect(slots(after.taken)).toEqual([1, 2]);
  });
});
