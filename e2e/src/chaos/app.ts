import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A process that is started again whenever it ends, until `stop`. */
export type App = Readonly<{ kill: () => Promise<void>; stop: () => Promise<void> }>;
type AppOptions = Readonly<{ name: string; entry: string; env: NodeJS.ProcessEnv; log: string; onOwnEnd: () => void }>;

const ended = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Over IPC, so that it ends when this process does, whatever that dies of. */
export const startApp = ({ name, entry, env, log, onOwnEnd }: AppOptions): App => {
  let stopping = false;
  let killed: ChildProcess | undefined;
  let child: ChildProcess | undefined;
  const start = (): void => {
    const started = fork(join(root, entry), { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child = started;
    const hear = (chunk: Buffer): void => appendFileSync(log, chunk);
    started.stdout?.on('data', hear);
    started.stderr?.on('data', hear);
    started.once('exit', (code, signal) => {
      appendFileSync(log, `── ${name} ended: ${code ?? signal}\n`);
      if (stopping) return;
      if (killed !== started) onOwnEnd();
      setTimeout(() => stopping || start(), killed === started ? 0 : 500);
    });
  };
  start();
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const mine = child;
    if (mine === undefined || ended(mine)) return;
    const exit = once(mine, 'exit');
    mine.kill(signal);
    const hard = setTimeout(() => mine.kill('SIGKILL'), 25_000);
    await exit;
    clearTimeout(hard);
  };
  return {
    kill: async () => {
      killed = child;
      await end('SIGKILL');
    },
    stop: async () => {
      stopping = true;
      await end('SIGTERM');
    },
  };
};
