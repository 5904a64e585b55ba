import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from './problem.ts';
import { identityOf } from './processes.ts';

/** Who holds the data folder and how far it is, for the one who comes second. */
type Holder = Readonly<{ pid: number; identity: string; state: 'running' | 'stopping'; url: string }>;

export type Lock = Readonly<{
  say: (state: Holder['state'], url: string) => void;
  release: () => void;
}>;

const sqliteBusy = 5;

/**
 * The kernel's own lock on a file, taken through SQLite since Node has no flock: it ends with the process, however
 * that ends, so no stale lock is ever judged by pids and two who start at once can't both get it.
 */
const tryLock = (file: string): DatabaseSync | null => {
  closeSync(openSync(file, 'a', 0o600)); // SQLite would let others read it, and who reads can lock
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return null;
    throw error;
  }
};

const readHolder = (file: string): Holder | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder; // written by `say` below; used in messages and waits only
  } catch {
    return null; // not written yet, or being written
  }
};

const alreadyRunning = (dataDir: string, holder: Holder | null): Problem => {
  const who = holder === null ? '' : ` (process ${holder.pid}${holder.url === '' ? '' : `, ${holder.url}`})`;
  return new Problem(
    `Farwatch is already running on ${dataDir}${who}. Stop it first, or set FARWATCH_DATA and FARWATCH_PORT to run another one.`,
  );
};

/** How long one who seems to run on is given to turn out to be stopping: its launcher may just have been killed. */
const doubtMs = 2_000;
const stoppingMs = 60_000;

/**
 * Takes the data folder for this process. Waits for a previous run that is stopping (said through `say`), and throws a
 * `Problem` that names the folder when another one runs on it.
 */
export const takeLock = async (dataDir: string, say: (line: string) => void): Promise<Lock> => {
  const holderFile = join(dataDir, 'run.json');
  const begun = Date.now();
  let said = false;
  for (;;) {
    const database = tryLock(join(dataDir, 'lock'));
    if (database !== null) return lockOf(database, holderFile);
    const holder = readHolder(holderFile);
    const stopping = holder?.state === 'stopping';
    if (Date.now() - begun > (stopping ? stoppingMs : doubtMs)) throw alreadyRunning(dataDir, holder);
    if (stopping && !said) say('Waiting for the previous run to stop …');
    said ||= stopping;
    await sleep(100);
  }
};

const lockOf = (database: DatabaseSync, holderFile: string): Lock => ({
  say: (state, url) => {
    const holder: Holder = { pid: process.pid, identity: identityOf(process.pid) ?? '', state, url };
    try {
      writeFileSync(holderFile, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
    } catch {
      // Only messages hang on this file; on a full disk the lock itself still holds.
    }
  },
  release: () => {
    rmSync(holderFile, { force: true });
    database.close();
  },
});
