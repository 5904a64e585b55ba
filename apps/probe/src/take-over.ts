import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, writeJson } from './json-file.ts';
import type { Log } from './log.ts';
import { folderOf, isFolderOfShare, sharesOf } from './share.ts';

const mark = 'alive.json';
const copied = ['assignments.json', 'clock.json'];

/** The names in a folder, sorted; none when there is no such folder. */
const namesIn = async (dir: string): Promise<readonly string[]> => {
  try {
    return (await readdir(dir)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

const isState = (name: string): boolean => name === mark || name === 'spool' || copied.includes(name);

/** Every folder that holds the state of a process, of whatever number of them. */
const stateFolders = async (regionDir: string): Promise<readonly string[]> => {
  const names = await namesIn(regionDir);
  const shares = names.filter(isFolderOfShare).map((name) => join(regionDir, name));
  return names.some(isState) ? [regionDir, ...shares] : shares;
};

/** Whether a probe of this region has worked in this folder before. */
export const hasWorked = async (regionDir: string): Promise<boolean> => {
  for (const folder of await stateFolders(regionDir))
    if ((await namesIn(folder)).includes('assignments.json')) return true;
  return false;
};

/** Each batch goes to one of the spools, whose bounds together are as large as one of before; a batch is never in two. */
const moveBatches = async (from: readonly string[], to: readonly string[]): Promise<number> => {
  let moved = 0;
  for (const folder of from)
    for (const part of ['spool', join('spool', 'refused')])
      for (const name of (await namesIn(join(folder, part))).filter((one) => one.endsWith('.json'))) {
        const target = join(to[moved % to.length] ?? folder, part);
        await mkdir(target, { recursive: true, mode: 0o700 });
        await rename(join(folder, part, name), join(target, name));
        moved += 1;
      }
  return moved;
};

const markIn = async (folder: string): Promise<number> => {
  const stored: unknown = await readJson(join(folder, mark));
  const at = typeof stored === 'object' && stored !== null && 'settledUntil' in stored ? stored.settledUntil : null;
  return typeof at === 'number' && Number.isFinite(at) ? at : Number.POSITIVE_INFINITY;
};

/**
 * Up to when all of them had settled every slot. Slots after it that one of them had settled are told of as missed once
 * more, which the log takes for what it is: a result that is there stays.
 */
const moveMarks = async (from: readonly string[], to: readonly string[]): Promise<void> => {
  const marks = await Promise.all([...from, ...to].map(markIn));
  const settledUntil = Math.min(...marks);
  if (settledUntil === Number.POSITIVE_INFINITY) return;
  for (const folder of to) await writeJson(join(folder, mark), { settledUntil });
};

const copyNewest = async (name: string, from: readonly string[], to: readonly string[]): Promise<void> => {
  const ages = await Promise.all(
    from.map(async (folder) => {
      const { mtimeMs } = await stat(join(folder, name)).catch(() => ({ mtimeMs: 0 }));
      return { folder, mtimeMs };
    }),
  );
  const newest = ages.toSorted((a, b) => b.mtimeMs - a.mtimeMs)[0];
  const value: unknown = newest && (await readJson(join(newest.folder, name)));
  if (value === null || value === undefined) return;
  for (const folder of to) await writeJson(join(folder, name), value);
};

/**
 * What a run with another number of processes left becomes this one's, before any process of this one starts: batches,
 * marks, assignments. Killed anywhere it is done again: each step leaves what the next one and itself need, and what is
 * taken over goes last.
 */
export const takeOver = async (regionDir: string, processes: number, log: Log): Promise<void> => {
  const mine = sharesOf(processes).map((share) => folderOf(regionDir, share));
  const others = (await stateFolders(regionDir)).filter((folder) => !mine.includes(folder));
  if (others.length === 0) return;
  const batches = await moveBatches(others, mine);
  await moveMarks(others, mine);
  for (const name of copied) await copyNewest(name, others, mine);
  for (const folder of others) {
    const gone = folder === regionDir ? [...copied, mark, 'spool'].map((name) => join(folder, name)) : [folder];
    for (const path of gone) await rm(path, { recursive: true, force: true });
  }
  log.info({ processes, batches }, 'took over what a run with another number of processes left');
};
