import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { LogFile } from './log-file.ts';
import { Problem } from './problem.ts';
import { endChild, exitOf, type Running, readyOrGone } from './running.ts';
import type { Env } from './settings.ts';

export type NodeApp = Readonly<{
  name: string;
  entry: string; // path of the TypeScript file
  cwd: string;
  env: Env;
  log: LogFile;
  onStart: (pid: number) => void;
}>;

const readyTimeoutMs = 60_000;
const drainMs = 20_000;

/** The line an app wrote for people before it gave up: JSON lines are its log, the rest is stderr. */
const lastWords = (errors: string): string | undefined =>
  errors
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('{') && !line.startsWith('at ') && !line.startsWith('Node.js v'))
    .at(-1);

/**
 * Starts one of our entries and waits until it says that it is ready. Rejects with a `Problem` that holds its last
 * words when it ends before. It runs in a process group of its own, so that Ctrl-C reaches the launcher alone, and ends by
 * itself when the IPC channel closes because the launcher was killed.
 */
export const startNodeApp = async ({ name, entry, cwd, env, log, onStart }: NodeApp): Promise<Running> => {
  const child = fork(entry, [], { cwd, env: { ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const exited = exitOf(child);
  if (child.pid === undefined) throw new Problem(`${name} ${await exited}`);
  onStart(child.pid);
  let errors = '';
  child.stdout?.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString('utf8')).slice(-8192);
    log.write(chunk);
  });
  const stop = (): Promise<void> => endChild(child, exited, [['SIGTERM', drainMs]]);
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (message === 'ready') resolve();
    });
  });
  const outcome = await readyOrGone(ready, exited, readyTimeoutMs);
  if (outcome.kind === 'ready') return { pid: child.pid, exited, stop };
  if (outcome.kind === 'late') {
    await stop();
    throw new Problem(`${name} was not ready after ${readyTimeoutMs / 1000} s; its log is ${log.path}`);
  }
  if (child.stderr?.readableEnded === false) await once(child.stderr, 'close'); // the last words may come after the exit
  throw new Problem(lastWords(errors) ?? `${name} ended at once (${outcome.how}); its log is ${log.path}`);
};
