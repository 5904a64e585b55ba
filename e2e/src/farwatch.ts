import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../apps/local/src/main.ts', import.meta.url));

export type Farwatch = AsyncDisposable &
  Readonly<{
    url: string;
    dataDir: string;
    /** Everything the start screen has said so far. */
    said: () => string;
    /** The apps' logs, for the message of a test that failed. */
    logs: () => Promise<string>;
  }>;

export type FarwatchOptions = Readonly<{
  env: Readonly<Record<string, string>>;
  /** Hears the start screen line by line. */
  tell?: (text: string) => void;
  /** Kept when given; else a folder of its own that goes with the run. */
  dataDir?: string;
}>;

const listening = async (child: ChildProcess, said: () => string): Promise<string> => {
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const url = /Open\s+(http\S+)[\s\S]*Ready in/.exec(said())?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`Farwatch ended with ${code} before it was up:\n${said()}`)));
  });
  return ready;
};

/** The whole product as `npm start` runs it, on a free port of 127.0.0.1 and data of its own. */
export const startFarwatch = async ({ env, tell, dataDir }: FarwatchOptions): Promise<Farwatch> => {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'farwatch-e2e-')));
  const child = fork(main, {
    env: { ...process.env, FARWATCH_PORT: '0', ...env, FARWATCH_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  const hear = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-200_000);
    tell?.(chunk.toString());
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const url = await listening(child, () => text);
  return {
    url,
    dataDir: folder,
    said: () => text,
    logs: async () => {
      const names = await readdir(join(folder, 'logs')).catch(() => []);
      const parts = names.map(
        async (name) => `── ${name}\n${(await readFile(join(folder, 'logs', name), 'utf8')).slice(-20_000)}`,
      );
      return (await Promise.all(parts)).join('\n');
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit');
        child.kill('SIGTERM');
        const hard = setTimeout(() => child.kill('SIGKILL'), 40_000);
        await exit;
        clearTimeout(hard);
      }
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
};
