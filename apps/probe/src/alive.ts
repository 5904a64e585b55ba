import { join } from 'node:path';
import { readJson, writeJson } from './json-file.ts';
import type { Log } from './log.ts';

const everyMs = 1_000;

export type AliveMark = Readonly<{
  /** Up to when an earlier run had settled every slot; null when there was none. */
  before: number | null;
  start: (settledUntil: () => number) => void;
  /** Writes the mark a last time. */
  stop: () => Promise<void>;
}>;

/** A mark on disk, renewed every second: after a restart, what was due since is known to have been missed. */
export const openAliveMark = async (dataDir: string, log: Log): Promise<AliveMark> => {
  const file = join(dataDir, 'alive.json');
  const stored: unknown = await readJson(file);
  const known = typeof stored === 'object' && stored !== null && 'settledUntil' in stored ? stored.settledUntil : null;
  let read: (() => number) | null = null;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let failing = false;
  const write = async (): Promise<void> => {
    if (read === null) return;
    try {
      await writeJson(file, { settledUntil: read() });
      failing = false;
    } catch (error) {
      if (!failing) log.error({ err: error }, 'the last-alive mark cannot be written to FARWATCH_DATA');
      failing = true;
    }
  };
  return {
    before: typeof known === 'number' && Number.isFinite(known) ? known : null,
    start: (settledUntil) => {
      read = settledUntil;
      timer = setInterval(() => {
        writing = writing.then(write);
      }, everyMs);
    },
    stop: async () => {
      clearInterval(timer);
      await writing.then(write);
    },
  };
};
