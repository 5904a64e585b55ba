import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Something that was started and is up. */
export type Running = Readonly<{
  pid: number;
  /** Resolves, with the way it ended, once it is gone. */
  exited: Promise<string>;
  /** Asks it to finish, and ends it when it doesn't in time. Resolves once it is gone. */
  stop: () => Promise<void>;
}>;

/** Resolves with the way in which the child ended; never rejects. */
export const exitOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
  });

const within = async (done: Promise<unknown>, timeoutMs: number): Promise<boolean> => {
  const timer = new AbortController();
  const late = sleep(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const first = await Promise.race([done.then(() => true), late]);
  timer.abort();
  return first;
};

/** Sends each signal in turn and gives it its time to act; SIGKILL at last. */
export const endChild = async (
  child: ChildProcess,
  exited: Promise<string>,
  steps: readonly (readonly [NodeJS.Signals, number])[],
): Promise<void> => {
  for (const [signal, timeoutMs] of steps) {
    child.kill(signal);
    if (await within(exited, timeoutMs)) return;
  }
  child.kill('SIGKILL');
  await exited;
};

/** Waits for `ready`, for the child's end or for the time to be up, whichever comes first. */
export const readyOrGone = async (
  ready: Promise<unknown>,
  exited: Promise<string>,
  timeoutMs: number,
): Promise<{ kind: 'ready' } | { kind: 'gone'; how: string } | { kind: 'late' }> => {
  const timer = new AbortController();
  const late = sleep(timeoutMs, { kind: 'late' } as const, { signal: timer.signal }).catch(
    () => ({ kind: 'late' }) as const,
  );
  const first = await Promise.race([
    ready.then(() => ({ kind: 'ready' }) as const),
    exited.then((how) => ({ kind: 'gone', how }) as const),
    late,
  ]);
  timer.abort();
  return first;
};
