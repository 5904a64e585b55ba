import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const linux = process.platform === 'linux';

const readText = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // no such process, or not ours to look at
  }
};

/**
 * What tells a process from a later one that got the same pid: the boot and the moment it started. Null when there is
 * no such process (a zombie, which only waits to be reaped, counts as none).
 */
export const identityOf = (pid: number): string | null => {
  if (!linux) {
    const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 });
    return stdout.trim() || null;
  }
  const stat = readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // Fields follow the command in brackets, which may hold anything: state first, start time twentieth.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startedAt] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X' || startedAt === undefined) return null;
  return `${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}:${startedAt}`;
};

/** The program's name and arguments, for messages and for telling a PostgreSQL from something else. */
export const commandOf = (pid: number): string => {
  if (linux) return (readText(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' ').trim();
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8', timeout: 5_000 }).stdout.trim();
};

/** Processes whose working directory is `dir`: a database server and its helpers work in their data folder. Linux only. */
export const processesIn = (dir: string): readonly number[] => {
  if (!linux) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === dir;
      } catch {
        return false; // gone meanwhile, or another user's
      }
    });
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // gone meanwhile
  }
};

const gone = async (pid: number, identity: string, timeoutMs: number): Promise<boolean> => {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(50)) {
    if (identityOf(pid) !== identity) return true;
  }
  return identityOf(pid) !== identity;
};

/**
 * Ends a process that is not our child: each signal in turn, with its time to act, SIGKILL at last. Does nothing when
 * the pid belongs to another process by now. Answers whether there was something to end.
 */
export const endProcess = async (
  pid: number,
  identity: string,
  steps: readonly (readonly [NodeJS.Signals, number])[],
): Promise<boolean> => {
  if (identityOf(pid) !== identity) return false;
  for (const [name, timeoutMs] of [...steps, ['SIGKILL', 10_000] as const]) {
    signal(pid, name);
    if (await gone(pid, identity, timeoutMs)) break;
  }
  return true;
};
