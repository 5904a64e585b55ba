import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '@farwatch/testkit';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const node = join(root, 'node_modules', 'node', 'bin', 'node');

/** Long enough for a machine that does much else at the same time. */
export const startMs = 120_000;

export type Launch = AsyncDisposable &
  Readonly<{
    pid: number;
    output: () => string;
    exit: Promise<number | null>;
    says: (text: string) => Promise<void>;
    url: () => string;
    kill: (signal: NodeJS.Signals) => void;
    /** As when the process that started it is killed. */
    hangUp: () => void;
  }>;

/** The real launcher with nothing of this process's own settings. It leaves by itself when this process is killed. */
export const launch = (env: Readonly<Record<string, string>>, args: readonly string[] = []): Launch => {
  const surroundings = { PATH: process.env.PATH, HOME: process.env.HOME };
  const child = spawn(node, [join(root, 'apps/local/src/main.ts'), ...args], {
    cwd: root,
    env: { ...surroundings, FARWATCH_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  // Not its 'close': that never comes once `disconnect` was called from this side.
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const flushed = [child.stdout, child.stderr].map(
    (stream) => new Promise((resolve) => stream?.once('close', resolve)),
  );
  const exit = Promise.all([ended, ...flushed]).then(([code]) => code);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exit,
    says: async (text) => {
      await waitUntil(() => output.includes(text) || child.exitCode !== null, startMs, `"${text}"`);
      if (!output.includes(text)) throw new Error(`the launcher ended without saying "${text}":\n${output}`);
    },
    url: () => /Open\s+(http\S+)/.exec(output)?.[1] ?? '',
    kill: (signal) => void child.kill(signal),
    hangUp: () => child.disconnect(),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await exit;
    },
  };
};

/** A data folder outside of any home that is closed to others. */
export const dataFolder = async (): Promise<AsyncDisposable & { path: string }> => {
  const path = await mkdtemp(join(tmpdir(), 'farwatch-local-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
};

/** What the launcher has written down as running on this folder. */
export const rollOf = (dataDir: string): readonly { name: string; pid: number; identity: string }[] =>
  JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8'));
