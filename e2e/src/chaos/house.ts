import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type QueueBackend, queueBackend } from '@farwatch/queue';
import { freePort, startPostgres, startRedis, type TestPostgres, waitUntil } from '@farwatch/testkit';
import { Client } from 'pg';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const entries = { 'worker-1': 'worker', 'worker-2': 'worker', api: 'server' } as const;
export type AppName = keyof typeof entries;
export const appNames = ['worker-1', 'worker-2', 'api'] as const satisfies readonly AppName[];

/** Two workers, an API, PostgreSQL and the queue, each a process of its own that can be killed and comes back. */
export type House = AsyncDisposable &
  Readonly<{
    databaseUrl: string;
    queue: QueueBackend;
    /** SIGKILL. Started again at once, as a supervisor does, and again when what it needs is away. */
    killApp: (name: AppName) => Promise<void>;
    /** Ends the database, or the queue, without a word, and starts it again after a while. */
    killDatabase: (awayMs: number) => Promise<void>;
    killQueue: (awayMs: number) => Promise<void>;
    /** How often an app ended by itself: what it needs was away when it started. */
    endedItself: () => number;
    /** Where the apps log. */
    folder: string;
  }>;

export type HouseOptions = Readonly<{
  env: Readonly<Record<string, string>>;
  queue: 'redis' | 'postgres';
  workers?: 1 | 2;
  /** Logs stay here when given; else they go with the run. */
  folder?: string | undefined;
}>;

/** Data that a crash of the server must keep, on a server that was started to forget: what it has said yes to stays. */
const makeDatabase = async (server: TestPostgres): Promise<string> => {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE farwatch');
  await client.query('ALTER DATABASE farwatch SET synchronous_commit = on');
  await client.end();
  const url = new URL(server.url);
  url.pathname = '/farwatch';
  return url.href;
};

type App = Readonly<{ kill: () => Promise<void>; stop: () => Promise<void> }>;
type AppOptions = Readonly<{ name: string; entry: string; env: NodeJS.ProcessEnv; log: string; onOwnEnd: () => void }>;

const ended = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Over IPC, so that it ends when this process does, whatever that dies of. */
const startApp = async ({ name, entry, env, log, onOwnEnd }: AppOptions): Promise<App> => {
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

const migrate = async (env: NodeJS.ProcessEnv, log: string): Promise<void> => {
  const child = fork(join(root, 'prisma/migrate-command.ts'), {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const hear = (chunk: Buffer): void => appendFileSync(log, chunk);
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`the migration ended with ${code}; see ${log}`);
};

const isUp = (port: number) => () =>
  fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok);

/** Starts all of it and waits until the API is ready. */
export const startHouse = async ({ env, queue, workers = 2, folder: kept }: HouseOptions): Promise<House> => {
  const stack = new AsyncDisposableStack();
  try {
    const folder = kept ?? (await mkdtemp(join(tmpdir(), 'farwatch-chaos-')));
    await mkdir(folder, { recursive: true });
    if (kept === undefined) stack.defer(() => rm(folder, { recursive: true, force: true }));
    const database = stack.use(await startPostgres());
    const databaseUrl = await makeDatabase(database);
    const redis = queue === 'redis' ? stack.use(await startRedis(['--appendonly', 'yes'])) : null;
    const places = { DATABASE_URL: databaseUrl, ...(redis === null ? {} : { REDIS_URL: redis.url }) };
    const port = await freePort();
    const { PATH, HOME, LD_LIBRARY_PATH } = process.env;
    const house: NodeJS.ProcessEnv = {
      ...{ PATH, HOME, LD_LIBRARY_PATH, NODE_ENV: 'production', ...places, ...env },
      ...{ FARWATCH_HOST: '127.0.0.1', FARWATCH_PORT: String(port), FARWATCH_DATA: folder },
      FARWATCH_ALLOW_CIDRS: '127.0.0.0/8',
    };
    const log = (name: string): string => join(folder, `${name}.log`);
    await migrate(house, log('migrate'));
    let own = 0;
    const onOwnEnd = (): void => {
      own += 1;
    };
    const apps = new Map<AppName, App>();
    for (const name of appNames.filter((one) => one !== 'worker-2' || workers === 2)) {
      const entry = `apps/api/src/${entries[name]}.ts`;
      const app = await startApp({ name, entry, env: house, log: log(name), onOwnEnd });
      stack.defer(app.stop);
      apps.set(name, app);
    }
    await waitUntil(isUp(port), 60_000, 'the API');
    const bounce = async (server: Pick<TestPostgres, 'crash' | 'start'>, awayMs: number): Promise<void> => {
      await server.crash();
      await pause(awayMs);
      await server.start();
    };
    return {
      ...{ databaseUrl, folder, queue: queueBackend(places) },
      killApp: async (name) => await apps.get(name)?.kill(),
      killDatabase: (awayMs) => bounce(database, awayMs),
      killQueue: (awayMs) => bounce(redis ?? database, awayMs),
      endedItself: () => own,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
};
