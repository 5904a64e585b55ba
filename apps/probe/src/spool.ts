import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckReport, checkReports } from '@farwatch/contracts';
import { Compile } from 'typebox/compile';
import { readJson, writeJson } from './json-file.ts';
import type { Log } from './log.ts';

/** `good` batches hold no failure; they are the first to go when there is no room. */
type Mood = 'good' | 'bad';
/** `sentAt`: when the queue took it, on the steady clock; null = it is to be sent. `sends`: how often the queue took it. */
export type Spooled = Readonly<{
  batchId: string;
  mood: Mood;
  results: number;
  bytes: number;
  sentAt: number | null;
  sends: number;
}>;

export type Spool = Readonly<{
  /** Batches that the queue has never taken, those still being written included. */
  waiting: () => number;
  /** Keeps a batch until the database has it; what had to go for it is counted and logged. False when the disk refuses. */
  add: (report: CheckReport) => Promise<boolean>;
  /** All that is kept, oldest first. */
  list: () => readonly Spooled[];
  has: (batchId: string) => boolean;
  /** Null when the file can't be read any more. */
  read: (entry: Spooled) => Promise<CheckReport | null>;
  /** The queue has it now. */
  markSent: (batchId: string, at: number) => void;
  /** It is to be sent once more. */
  markUnsent: (batchId: string) => void;
  remove: (batchId: string) => Promise<void>;
  /** Takes a batch that can't be sent out of the way: dropped and counted, its file kept for a look in `refused/`. */
  setAside: (entry: Spooled, why: string) => Promise<void>;
  /** Counts a batch that neither the queue nor the disk took. */
  lost: (report: CheckReport) => void;
  dropped: () => Readonly<Record<Mood, number>>;
}>;

const wire = Compile(checkReports.payload);
const maxRefused = 20;
const fileName = /^([0-9a-f-]{36})\.(good|bad)\.(\d+)\.json$/u;
const nameOf = ({ batchId, mood, results }: Pick<Spooled, 'batchId' | 'mood' | 'results'>): string =>
  `${batchId}.${mood}.${results}.json`;

const moodOf = ({ results }: CheckReport): Mood =>
  results.some(({ outcome }) => outcome.verdict === 'down') ? 'bad' : 'good';

/** What an earlier run left. The queue may have taken it or not: it counts as not taken. */
const found = async (dir: string): Promise<Spooled[]> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const names = (await readdir(dir)).sort(); // ids are UUIDv7: oldest first
  // What it was killed in the middle of writing was not settled: the slots are missed, and the file is nobody's.
  for (const name of names) if (name.endsWith('.json.tmp')) await rm(join(dir, name), { force: true });
  return Promise.all(
    names.flatMap((name) => {
      const [, batchId, mood, results] = fileName.exec(name) ?? [];
      if (batchId === undefined) return [];
      const entry = async (): Promise<Spooled> => {
        const { size } = await stat(join(dir, name));
        const what = { batchId, mood: mood === 'bad' ? 'bad' : 'good', results: Number(results) } as const;
        return { ...what, bytes: size, sentAt: null, sends: 0 };
      };
      return [entry()];
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

/** Who goes first when there is no room: what the queue has as well, then good news, then failures; oldest first. */
const victimOf = (entries: ReadonlyMap<string, Spooled>): Spooled | undefined => {
  const all = [...entries.values()];
  return all.find(({ sentAt }) => sentAt !== null) ?? all.find(({ mood }) => mood === 'good') ?? all[0];
};

const neverSent = (entry: Spooled | undefined): number => (entry?.sends === 0 ? 1 : 0);

/** What is kept of the batches: in order, and bounded by bytes. */
const openShelf = (dir: string, maxBytes: number, first: readonly Spooled[]) => {
  const entries = new Map<string, Spooled>();
  let bytes = 0;
  let unsent = 0;
  const put = (batchId: string, entry: Spooled | undefined): void => {
    const before = entries.get(batchId);
    bytes += (entry?.bytes ?? 0) - (before?.bytes ?? 0);
    unsent += neverSent(entry) - neverSent(before);
    if (entry === undefined) entries.delete(batchId);
    else entries.set(batchId, entry);
  };
  for (const entry of first) put(entry.batchId, entry);
  const remove = async (batchId: string): Promise<void> => {
    const entry = entries.get(batchId);
    if (entry === undefined) return;
    put(batchId, undefined);
    await rm(join(dir, nameOf(entry)), { force: true });
  };
  return {
    ...{ entries, put, remove },
    unsent: () => unsent,
    /** Those that had to go, the newest never. */
    makeRoom: async (): Promise<readonly Spooled[]> => {
      const gone: Spooled[] = [];
      while (bytes > maxBytes && entries.size > 1) {
        const victim = victimOf(entries);
        if (victim === undefined) break;
        await remove(victim.batchId);
        gone.push(victim);
      }
      return gone;
    },
  };
};

/** Batches on disk from when they are made until the database has them. */
export const openSpool = async (dir: string, maxBytes: number, log: Log): Promise<Spool> => {
  const { entries, put, remove, unsent, makeRoom } = openShelf(dir, maxBytes, await found(dir));
  let writing = 0;
  const dropped = { good: 0, bad: 0 };

  const giveUp = (mood: Mood, results: number, why: string): void => {
    dropped[mood] += results;
    log.error({ mood, results, dropped }, `${why}: results were dropped`);
  };
  const write = async (report: CheckReport): Promise<boolean> => {
    const what = { batchId: report.batchId, mood: moodOf(report), results: report.results.length };
    try {
      const bytes = await writeJson(join(dir, nameOf(what)), report);
      put(what.batchId, { ...what, bytes, sentAt: null, sends: 0 });
      for (const { sentAt, mood, results } of await makeRoom())
        if (sentAt === null) giveUp(mood, results, 'the spool is full (FARWATCH_SPOOL_MB)');
      return true;
    } catch (error) {
      log.error({ err: error }, 'a batch cannot be written to FARWATCH_DATA');
      return false;
    }
  };
  return {
    waiting: () => writing + unsent(),
    add: async (report) => {
      writing += 1;
      return await write(report).finally(() => {
        writing -= 1;
      });
    },
    list: () => [...entries.values()],
    has: (batchId) => entries.has(batchId),
    read: async (entry) => {
      const report: unknown = await readJson(join(dir, nameOf(entry)));
      return wire.Check(report) ? report : null;
    },
    markSent: (batchId, sentAt) => {
      const entry = entries.get(batchId);
      if (entry !== undefined) put(batchId, { ...entry, sentAt, sends: entry.sends + 1 });
    },
    markUnsent: (batchId) => {
      const entry = entries.get(batchId);
      if (entry !== undefined) put(batchId, { ...entry, sentAt: null });
    },
    remove,
    setAside: async (entry, why) => {
      await keepForALook(dir, nameOf(entry)).catch((error: unknown) =>
        log.warn({ err: error }, 'refused/ is not writable'),
      );
      await remove(entry.batchId);
      giveUp(entry.mood, entry.results, why);
    },
    lost: (report) => giveUp(moodOf(report), report.results.length, 'neither the queue nor the disk takes a batch'),
    dropped: () => ({ ...dropped }),
  };
};
