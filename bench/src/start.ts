import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './report.ts';

// From nothing to "Ready", as a newcomer meets it: `git clone`, `npm start`. What npm has in its cache from before stays
// there, so the first figure holds no more of the network than this machine needs.

export const name = 'start';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readyTimeoutMs = 15 * 60_000;

/** As in a fresh terminal: without what npm has put there to run this bench, and on the machine's own Node. */
const terminalEnv = (): NodeJS.ProcessEnv => {
  const ours = (key: string): boolean => /^(npm_|FARWATCH_|DATABASE_URL$|REDIS_URL$|SMTP_URL$|NODE_)/.test(key);
  const kept = Object.entries(process.env).filter(([key]) => !ours(key) || key === 'NODE_EXTRA_CA_CERTS');
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), FARWATCH_PORT: '0' };
};

type Start = Readonly<{ readyMs: number; stopMs: number }>;

/** Ends the launcher by the pid it has written down: npm hands no signal on to a grandchild on every system. */
const stop = (clone: string): void => {
  const { pid }: { pid: number } = JSON.parse(readFileSync(join(clone, '.farwatch', 'run.json'), 'utf8'));
  process.kill(pid, 'SIGTERM');
};

/** Runs `npm start` until it is ready and stops it again. Rejects with its output when it does not get ready. */
const startOnce = async (clone: string): Promise<Start> => {
  const begun = performance.now();
  const child = spawn('npm', ['start'], { cwd: clone, env: terminalEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ready = Promise.withResolvers<number>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (output.includes('Ready in')) ready.resolve(performance.now() - begun);
    });
  }
  child.once('exit', () => ready.reject(new Error(`npm start ended before it was ready:\n${output}`)));
  const timer = setTimeout(() => child.kill(), readyTimeoutMs);
  const readyMs = await ready.promise;
  clearTimeout(timer);
  const exited = once(child, 'exit');
  const asked = performance.now();
  stop(clone);
  await exited;
  return { readyMs, stopMs: performance.now() - asked };
};

const seconds = (name: string, ms: number): Figure => ({ name, value: Math.round(ms) / 1000, unit: 's' });

/** Three later starts, of which the middle one counts. */
const later = async (clone: string): Promise<Start> => {
  const starts: Start[] = [];
  for (let turn = 0; turn < 3; turn += 1) starts.push(await startOnce(clone));
  const [, middle] = starts.toSorted((a, b) => a.readyMs - b.readyMs);
  return middle ?? { readyMs: Number.NaN, stopMs: Number.NaN };
};

export const run = async (): Promise<readonly Figure[]> => {
  const parent = mkdtempSync(join(tmpdir(), 'farwatch-start-'));
  chmodSync(parent, 0o755);
  const clone = join(parent, 'farwatch');
  try {
    const begun = performance.now();
    execFileSync('git', ['clone', '--quiet', root, clone], { stdio: ['ignore', 'ignore', 'inherit'] });
    const clonedMs = performance.now() - begun;
    const first = await startOnce(clone);
    const second = await later(clone);
    return [
      seconds('git clone', clonedMs),
      seconds('fresh clone to ready', first.readyMs),
      seconds('second start to ready (median of 3)', second.readyMs),
      seconds('stop, drained', second.stopMs),
    ];
  } finally {
    rmSync(parent, { recursive: true, force: true, maxRetries: 3 });
  }
};
