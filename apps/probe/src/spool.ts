import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckReport, checkReports } from '@farwatch/contracts';
import { Compile } from 'typebox/compile';
import { readJson, writeJson } from './json-file.ts';
import type { Log } from './log.ts';

/** `good` batches hold no failure; they are the first to go when there is no room. */
type Mood = 'good' | 'bad';
export type Spooled = Readonly<{ name: string; mood: Mood; results: number; bytes: number }>;

export type Spool = Readonly<{
  /** Batches waiting, those still being written included. */
  count: () => number;
  /** Keeps a batch. Resolves when it is on disk or given up; what had to go for it is counted and logged. */
  add: (report: CheckReport) => Promise<void>;
  /** Those on disk, oldest first. */
  list: () => readonly Spooled[];
  /** Null when the file can't be read any more. */
  read: (entry: Spooled) => Promise<CheckReport | null>;
  remove: (entry: Spooled) => Promise<void>;
  /** Takes a batch that can't be sent out of the way: dropped and counted, its file kept for a look in `refused/`. */
  setAside: (entry: Spooled, why: string) => Promise<void>;
  dropped: () => Readonly<Record<Mood, number>>;
}>;

const wire = Compile(checkReports.payload);
const maxRefused = 20;
const fileName = /^([0-9a-f-]{36})\.(good|bad)\.(\d+)\.json$/u;

const moodOf = ({ results }: CheckReport): Mood =>
  results.some(({ outcome }) => outcome.verdict === 'down') ? 'bad' : 'good';

const found = async (dir: string): Promise<Spooled[]> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const names = (await readdir(dir)).filter((name) => fileName.test(name)).sort(); // ids are UUIDv7: oldest first
  return Promise.all(
    names.map(async (name) => {
      const [, , mood, results] = fileName.exec(name) ?? [];
      const { size } = await stat(join(dir, name));
      return { name, mood: mood === 'bad' ? 'bad' : 'good', results: Number(results), bytes: size };
    }),
  );
};

/** The newest `maxRefused` files stay; each is bounded as a batch is. */
const keepForALook = async (dir: string, name: string): Promise<void> => {
  const refused = join(dir, 'refused');
  await mkdir(refused, { recursive: true, mode: 0o700 });
  await rename(join(dir, name), join(refused, name));
  const names = (await readdir(refused)).sort();
  for (const old of names.slice(0, Math.max(0, names.length - maxRefused))) await rm(join(refused, old));
};

/** Batches that wait on disk while the queue is away: in order, and bounded by bytes. */
export const openSpool = async (dir: string, maxBytes: number, log: Log): Promise<Spool> => {
  let entries = await found(dir);
  let writing = 0;
  const dropped = { good: 0, bad: 0 };

  const forget = async (entry: Spooled): Promise<void> => {
    entries = entries.filter(({ name }) => name !== entry.name);
    await rm(join(dir, entry.name), { force: true });
  };
  const giveUp = (mood: Mood, results: number, why: string): void => {
    dropped[mood] += results;
    log.error({ mood, results, dropped }, `${why}: results were dropped`);
  };
  /** Good news goes first, oldest first; failures only when there is nothing else. */
  const makeRoom = async (): Promise<void> => {
    while (entries.reduce((sum, { bytes }) => sum + bytes, 0) > maxBytes && entries.length > 1) {
      const victim = entries.find(({ mood }) => mood === 'good') ?? entries[0];
      if (victim === undefined) return;
      await forget(victim);
      giveUp(victim.mood, victim.results, 'the spool is full (FARWATCH_SPOOL_MB)');
    }
  };
  const write = async (report: CheckReport): Promise<void> => {
    const mood = moodOf(report);
    const name = `${report.batchId}.${mood}.${report.results.length}.json`;
    try {
      const bytes = await writeJson(join(dir, name), report);
      entries = [...entries, { name, mood, results: report.results.length, bytes }];
      await makeRoom();
    } catch (error) {
      log.error({ err: error }, 'a batch cannot be written to FARWATCH_DATA');
      giveUp(mood, report.results.length, 'the disk refuses');
    }
  };
  return {
    count: () => entries.length + writing,
    add: async (report) => {
      writing += 1;
      await write(report).finally(() => {
        writing -= 1;
      });
    },
    list: () => entries,
    read: async ({ name }) => {
      const report: unknown = await readJson(join(dir, name));
      return wire.Check(report) ? report : null;
    },
    remove: forget,
    setAside: async (entry, why) => {
      await keepForALook(dir, entry.name).catch((error: unknown) =>
        log.warn({ err: error }, 'refused/ is not writable'),
      );
      await forget(entry);
      giveUp(entry.mood, entry.results, why);
    },
    dropped: () => ({ ...dropped }),
  };
};
