import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silent } from './probe.fixture.ts';
import { folderOf, sharesOf } from './share.ts';
import { hasWorked, takeOver } from './take-over.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'farwatch-take-over-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const foldersOf = (processes: number): readonly string[] => sharesOf(processes).map((share) => folderOf(dir, share));
const put = async (folder: string, name: string, value: unknown): Promise<void> => {
  await mkdir(join(folder, name, '..'), { recursive: true });
  await writeFile(join(folder, name), JSON.stringify(value));
};
const json = async (folder: string, name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, name), 'utf8'));
const batchesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(folder, 'spool')).catch(() => [])).filter((name) => name.endsWith('.json'));

/** What a run of so many processes left: each has a mark of its own and three batches. */
const leave = async (processes: number): Promise<readonly string[]> => {
  const names: string[] = [];
  for (const [i, folder] of foldersOf(processes).entries()) {
    await put(folder, 'alive.json', { settledUntil: 1_000 + i });
    await put(folder, 'assignments.json', { region: 'fra', assignments: [] });
    await put(folder, 'clock.json', { aheadMs: 5 });
    for (let n = 0; n < 3; n++) {
      const name = `01932c5e-7b1a-7c3e-9d55-${processes}${i}${n}`.padEnd(36, '0').concat('.bad.1.json');
      await put(folder, `spool/${name}`, { n });
      names.push(name);
    }
    await put(folder, `spool/refused/r${processes}${i}.json`, {});
  }
  return names.sort();
};
const allBatches = async (processes: number): Promise<readonly string[]> =>
  (await Promise.all(foldersOf(processes).map(batchesIn))).flat().sort();

describe('with another number of processes than before', () => {
  test.each([
    [1, 4],
    [4, 1],
    [2, 3],
    [8, 2],
  ])(
    'from %i to %i: every batch is in one spool, and every share goes on where the earliest was',
    async (before, now) => {
      const names = await leave(before);
      await takeOver(dir, now, silent);
      expect(await allBatches(now)).toEqual(names);
      for (const folder of foldersOf(now)) {
        expect(await json(folder, 'alive.json')).toEqual({ settledUntil: 1_000 });
        expect(await json(folder, 'assignments.json')).toEqual({ region: 'fra', assignments: [] });
        expect(await json(folder, 'clock.json')).toEqual({ aheadMs: 5 });
      }
      const left = (await readdir(dir)).sort();
      const mine =
        now === 1
          ? ['alive.json', 'assignments.json', 'clock.json', 'spool']
          : foldersOf(now).map((one) => one.slice(dir.length + 1));
      expect(left).toEqual([...mine].sort());
    },
  );
  test('the batches are spread evenly, since each spool is bounded', async () => {
    await leave(1);
    await takeOver(dir, 3, silent);
    expect(await Promise.all(foldersOf(3).map(async (folder) => (await batchesIn(folder)).length))).toEqual([1, 1, 1]);
  });
  test('a refused batch is kept for a look still', async () => {
    await leave(2);
    await takeOver(dir, 1, silent);
    expect(await readdir(join(dir, 'spool', 'refused'))).toEqual(['r20.json', 'r21.json']);
  });
  test('killed in the middle it is done again, and nothing is lost or told of from too late on', async () => {
    const names = await leave(4);
    const [first, second, third] = foldersOf(4);
    await takeOver(dir, 2, silent);
    // As if it had been killed when two of four were gone: these two are there again, with the marks that are later.
    await put(second ?? '', 'alive.json', { settledUntil: 1_001 });
    await put(third ?? '', 'alive.json', { settledUntil: 1_002 });
    await put(third ?? '', 'assignments.json', { region: 'fra', assignments: [] });
    await takeOver(dir, 2, silent);
    expect(await allBatches(2)).toEqual(names);
    for (const folder of foldersOf(2)) expect(await json(folder, 'alive.json')).toEqual({ settledUntil: 1_000 });
    expect(await readdir(dir)).not.toContain(first?.slice(dir.length + 1));
  });
});
test.each([1, 4])('with the same number, %i, nothing is touched', async (processes) => {
  await leave(processes);
  const before = await readdir(dir, { recursive: true });
  await takeOver(dir, processes, silent);
  expect(await readdir(dir, { recursive: true })).toEqual(before);
});
test('a first start finds nothing to take over', async () => {
  await takeOver(join(dir, 'new'), 4, silent);
  expect(await hasWorked(join(dir, 'new'))).toBe(false);
});
test.each([1, 3])('a probe of %i processes that has assignments has worked before', async (processes) => {
  await leave(processes);
  expect(await hasWorked(dir)).toBe(true);
});
