import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, identityOf } from './processes.ts';

// After a `kill -9` of the launcher nobody is left to stop what it had started. So it writes down each process as it
// starts it, and the next start (which has the lock, so the launcher is gone) ends what is still there.

type Entry = Readonly<{ name: string; pid: number; identity: string }>;

/** Remembers what runs. Written at once and synchronously: a launcher killed in the next moment has left the line. */
export type Roll = Readonly<{ add: (name: string, pid: number) => void }>;

const rollFile = (dataDir: string): string => join(dataDir, 'processes.json');

const isEntry = (entry: unknown): entry is Entry =>
  typeof entry === 'object' &&
  entry !== null &&
  'name' in entry &&
  typeof entry.name === 'string' &&
  'pid' in entry &&
  Number.isSafeInteger(entry.pid) &&
  'identity' in entry &&
  typeof entry.identity === 'string';

const readRoll = (dataDir: string): readonly Entry[] => {
  try {
    const parsed: unknown = JSON.parse(readFileSync(rollFile(dataDir), 'utf8'));
    return Array.isArray(parsed) ? parsed.filter(isEntry) : [];
  } catch {
    return []; // a first start, or a file cut short by a full disk
  }
};

export const openRoll = (dataDir: string): Roll => {
  let entries: readonly Entry[] = [];
  return {
    add: (name, pid) => {
      const identity = identityOf(pid);
      if (identity === null) return; // it died already
      entries = [...entries.filter((entry) => identityOf(entry.pid) === entry.identity), { name, pid, identity }];
      writeFileSync(rollFile(dataDir), `${JSON.stringify(entries)}\n`, { mode: 0o600 });
    },
  };
};

/** The apps drain on SIGTERM; PostgreSQL disconnects its clients on SIGINT and stops at once on SIGQUIT. */
const signalsFor = (name: string): readonly (readonly [NodeJS.Signals, number])[] =>
  name === 'postgres'
    ? [
        ['SIGINT', 20_000],
        ['SIGQUIT', 5_000],
      ]
    : [['SIGTERM', 20_000]];

/** Apps first, what they stand on last. */
const order = ['probe', 'api', 'worker', 'redis', 'postgres'];

/** Ends what an earlier launcher left running on this data folder; answers the names. */
export const endOrphans = async (dataDir: string): Promise<readonly string[]> => {
  const rank = ({ name }: Entry): number => order.indexOf(name);
  const ended: string[] = [];
  for (const { name, pid, identity } of readRoll(dataDir).toSorted((a, b) => rank(a) - rank(b))) {
    if (await endProcess(pid, identity, signalsFor(name))) ended.push(name);
  }
  return ended;
};

/** For a person who won't wait: the apps are killed, PostgreSQL is stopped without a checkpoint (it recovers by itself). */
export const killAtOnce = (dataDir: string): void => {
  for (const { name, pid, identity } of readRoll(dataDir)) {
    if (identityOf(pid) === identity) process.kill(pid, name === 'postgres' ? 'SIGQUIT' : 'SIGKILL');
  }
};
