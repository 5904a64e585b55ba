import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@farwatch/testkit';

const program = fileURLToPath(new URL('upstream-server.ts', import.meta.url));

/** The upstream's own clock, epoch milliseconds: when it began to listen, when it last lived. */
export type Clock = Readonly<{ listeningAt: number; aliveAt: number }>;

export type Upstream = AsyncDisposable &
  Readonly<{
    port: number;
    /** Starts it, on the same port as before, and answers when it listened. */
    start: () => Promise<number>;
    /** Kills it as a crash does and answers when it was last alive, by its own clock. */
    kill: () => Promise<number>;
  }>;

/** A real process that can be killed and started again. */
export const startUpstream = async (): Promise<Upstream> => {
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-upstream-'));
  const clockFile = join(folder, 'clock.json');
  const port = await freePort();
  let child: ChildProcess | undefined;
  const clock = async (): Promise<Clock> => JSON.parse(await readFile(clockFile, 'utf8')) as Clock; // our own program's

  const start = async (): Promise<number> => {
    child = fork(program, [String(port), clockFile], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await once(child, 'message');
    return (await clock()).listeningAt;
  };
  const stop = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  await start();
  return {
    port,
    start,
    kill: async () => {
      await stop();
      return (await clock()).aliveAt;
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
