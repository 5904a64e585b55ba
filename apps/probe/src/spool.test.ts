import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckReport } from '@farwatch/contracts';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { down, result, silent } from './probe.fixture.ts';
import { openSpool } from './spool.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'farwatch-spool-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const batch = (...results: ReturnType<typeof result>[]): CheckReport => ({
  probeId: 'fra.1',
  batchId: uuidv7(),
  sentAt: 1,
  results: results as CheckReport['results'], // readonly there, never written here
});
const good = () => batch(result(1, 1_000));
const bad = () => batch(result(1, 1_000), result(2, 1_000, down(502)));
const mebibyte = 1_048_576;

test('batches survive a restart in order, with the ids they were made with', async () => {
  const made = [good(), bad(), good()];
  const before = await openSpool(dir, mebibyte, silent);
  for (const report of made) await before.add(report);
  const after = await openSpool(dir, mebibyte, silent);
  expect(after.waiting()).toBe(3);
  for (const report of made) {
    const [entry] = after.list();
    if (entry === undefined) throw new Error('a batch is gone');
    expect(await after.read(entry)).toEqual(report);
    await after.remove(entry.batchId);
  }
  expect(await readdir(dir)).toEqual([]);
});
test('half a batch, that a killed probe was writing, is neither sent nor left lying', async () => {
  const before = await openSpool(dir, mebibyte, silent);
  await before.add(good());
  await writeFile(join(dir, `${uuidv7()}.bad.1.json.tmp`), '{"probeId":"fra.1","batc');
  const after = await openSpool(dir, mebibyte, silent);
  expect(after.waiting()).toBe(1);
  expect((await readdir(dir)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
test('when there is no room good news goes first, oldest first, and what went is counted', async () => {
  const size = JSON.stringify(bad()).length;
  const spool = await openSpool(dir, Math.floor(size * 2.2), silent);
  const failures = [bad(), bad()];
  for (const report of [good(), failures[0], good(), failures[1]]) if (report) await spool.add(report);
  expect(spool.dropped()).toEqual({ good: 2, bad: 0 });
  expect((await readdir(dir)).map((name) => name.slice(0, 36)).toSorted()).toEqual(
    failures.map(({ batchId }) => batchId),
  );
  await spool.add(bad());
  expect(spool.dropped()).toEqual({ good: 2, bad: 2 });
});
test('when there is no room, what the queue has as well goes before all else and is not lost', async () => {
  const [taken, first, second] = [bad(), good(), bad()];
  const spool = await openSpool(dir, Math.floor(JSON.stringify(bad()).length * 2.2), silent);
  await spool.add(first);
  await spool.add(taken);
  spool.markSent(taken.batchId, 1);
  await spool.add(second);
  expect(spool.list().map(({ batchId }) => batchId)).toEqual([first.batchId, second.batchId]);
  expect(spool.dropped()).toEqual({ good: 0, bad: 0 });
});
test('a batch waits until the queue takes it, and no more when it is to be sent again', async () => {
  const spool = await openSpool(dir, mebibyte, silent);
  const report = good();
  await spool.add(report);
  expect(spool.waiting()).toBe(1);
  spool.markSent(report.batchId, 5);
  expect([spool.waiting(), spool.list()[0]]).toMatchObject([0, { sentAt: 5, sends: 1 }]);
  spool.markUnsent(report.batchId);
  expect([spool.waiting(), spool.list()[0]]).toMatchObject([0, { sentAt: null, sends: 1 }]);
});
test('half a file from a crash, and files of others, are not taken for batches', async () => {
  await writeFile(join(dir, `${uuidv7()}.good.1.json.tmp`), '{"probeId":');
  await writeFile(join(dir, 'notes.txt'), 'hello');
  await writeFile(join(dir, `${uuidv7()}.good.1.json`), '{"probeId":');
  const spool = await openSpool(dir, mebibyte, silent);
  expect(spool.waiting()).toBe(1);
  const [entry] = spool.list();
  expect(entry && (await spool.read(entry))).toBeNull();
});
test('what can not be sent is counted as dropped, and the newest twenty are kept for a look', async () => {
  const spool = await openSpool(dir, mebibyte, silent);
  const made = Array.from({ length: 22 }, bad);
  for (const report of made) await spool.add(report);
  for (const entry of spool.list()) await spool.setAside(entry, 'refused');
  expect(spool.waiting()).toBe(0);
  expect(spool.dropped()).toEqual({ good: 0, bad: 44 });
  const kept = (await readdir(join(dir, 'refused'))).map((name) => name.slice(0, 36)).toSorted();
  expect(kept).toEqual(made.slice(2).map(({ batchId }) => batchId));
});
test('a disk that refuses is counted as dropped, and the probe goes on', async () => {
  const spool = await openSpool(dir, mebibyte, silent);
  await rm(dir, { recursive: true });
  await writeFile(dir, 'a file where the folder was');
  expect(await spool.add(bad())).toBe(false);
  expect(spool.dropped()).toEqual({ good: 0, bad: 0 }); // the queue may take it
  spool.lost(bad());
  expect(spool.dropped()).toEqual({ good: 0, bad: 2 });
  expect(spool.waiting()).toBe(0);
});
