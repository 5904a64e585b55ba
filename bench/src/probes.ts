import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../apps/probe/src/main.ts', import.meta.url));

export const tokenOf = (region: string): string => `token-of-the-region-${region}`;

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await exit;
  clearTimeout(hard);
};

/** A real probe process for each region, with a folder of its own. */
export const startProbes = async (
  regions: readonly string[],
  { apiUrl, queue }: Readonly<{ apiUrl: string; queue: Readonly<Record<string, string>> }>,
): Promise<AsyncDisposable> => {
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-bench-probes-'));
  const { PATH, HOME } = process.env;
  const children: ChildProcess[] = [];
  for (const region of regions) {
    const env = {
      ...{ PATH, HOME, ...queue, FARWATCH_API_URL: apiUrl, FARWATCH_DATA: join(folder, region) },
      ...{ FARWATCH_REGION: region, FARWATCH_REGION_TOKEN: tokenOf(region) },
      ...{ FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_LOG_LEVEL: 'warn' },
    };
    const child = fork(entry, { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    children.push(child);
    await once(child, 'message');
  }
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(children.map(end));
      await rm(folder, { recursive: true, force: true });
    },
  };
};
