import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../apps/probe/src/main.ts', import.meta.url));

export const tokenOf = (region: string): string => `token-of-the-region-${region}`;

export type ProbeOptions = Readonly<{
  apiUrl: string;
  queue: Readonly<Record<string, string>>;
  /** More of its environment. */
  env?: Readonly<Record<string, string>>;
  /** The only CPU that it may use, by its number. */
  cpu?: number;
}>;

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await exit;
  clearTimeout(hard);
};

/** taskset hands its process over to Node: the pid is the probe's. */
const runOn = (cpu: number | undefined) =>
  cpu === undefined ? {} : { execPath: 'taskset', execArgv: ['-c', String(cpu), process.execPath] };

/** A real probe process with a folder of its own. */
export const startProbe = async (
  region: string,
  { apiUrl, queue, env = {}, cpu }: ProbeOptions,
): Promise<AsyncDisposable & Readonly<{ pid: number }>> => {
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-bench-probe-'));
  const { PATH, HOME } = process.env;
  const settings = {
    ...{ PATH, HOME, ...queue, FARWATCH_API_URL: apiUrl, FARWATCH_DATA: folder },
    ...{ FARWATCH_REGION: region, FARWATCH_REGION_TOKEN: tokenOf(region) },
    ...{ NODE_OPTIONS: '--max-semi-space-size=4', MALLOC_ARENA_MAX: '2' },
    ...{ MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' }, // as apps/local starts it
    ...{ FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_LOG_LEVEL: 'warn', ...env },
  };
  const child = fork(entry, { env: settings, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], ...runOn(cpu) });
  await once(child, 'message');
  return {
    pid: child.pid ?? 0, // it is ready, so it has one
    [Symbol.asyncDispose]: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A real probe process for each region. */
export const startProbes = async (regions: readonly string[], options: ProbeOptions): Promise<AsyncDisposable> => {
  const probes: AsyncDisposable[] = [];
  for (const region of regions) probes.push(await startProbe(region, options));
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(probes.map((probe) => probe[Symbol.asyncDispose]()));
    },
  };
};
