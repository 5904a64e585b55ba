import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type Child, startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { programOnPath } from './on-path.ts';
import { waitUntil } from './wait-until.ts';

const program = programOnPath('redis-server', 'valkey-server');
/** Whether this machine has a redis-server; for `needs('redis-server', redisAvailable)`. */
export const redisAvailable = program !== null;

export type TestRedis = AsyncDisposable &
  Readonly<{
    url: string;
    port: number;
    /** Ends it at once, as a crash would; its data is lost unless `appendonly` was asked for. */
    crash: () => Promise<void>;
    /** Starts it again on the same port. */
    start: () => Promise<void>;
    /** It goes on, and has nothing any more. */
    empty: () => Promise<void>;
    /** CPU time that it has used since it started, of the system for it included, ms. */
    cpuMs: () => Promise<number>;
  }>;

/** One command on a connection of its own. */
const ask = async (port: number, command: (redis: Redis) => Promise<string>): Promise<string> => {
  const redis = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => undefined); // the rejected call below says it
  try {
    await redis.connect();
    return await command(redis);
  } finally {
    redis.disconnect();
  }
};
const isUp = async (port: number): Promise<boolean> => (await ask(port, (redis) => redis.ping())) === 'PONG';

const cpuMs = async (port: number): Promise<number> => {
  const info = await ask(port, (redis) => redis.info('cpu'));
  const [, system] = /^used_cpu_sys:([\d.]+)/mu.exec(info) ?? [];
  const [, user] = /^used_cpu_user:([\d.]+)/mu.exec(info) ?? [];
  return (Number(system) + Number(user)) * 1_000;
};

/** A real redis-server on a free port of 127.0.0.1 in a folder of its own. `args` are more of its options. */
export const startRedis = async (args: readonly string[] = []): Promise<TestRedis> => {
  if (program === null) throw new Error('redis-server is not installed');
  const dir = mkdtempSync(join(tmpdir(), 'farwatch-redis-'));
  const port = await freePort();
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--maxmemory-policy', 'noeviction'];
  let child: Child | undefined;
  const start = async () => {
    const started = await startChild(
      program,
      [...options, '--save', '', '--appendonly', 'no', ...args],
      { cwd: dir },
      dir,
    );
    child = started;
    await waitUntil(() => !started.running() || isUp(port), 10_000, 'redis-server');
    if (!started.running()) throw new Error(`redis-server ended at once: ${started.output()}`);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    crash: async () => await child?.stop('SIGKILL'),
    cpuMs: () => cpuMs(port),
    empty: async () => void (await ask(port, (redis) => redis.flushall())),
    [Symbol.asyncDispose]: async () => {
      await child?.stop('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
