import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type QueueBackend, queueBackend } from '@farwatch/queue';
import { freePort, startPostgres, startRedis, type TestPostgres, waitUntil } from '@farwatch/testkit';
import { Client } from 'pg';
import { type App, root, startApp } from './app.ts';

export const workers = ['worker-1', 'worker-2'] as const;
export const regions = ['fra', 'iad', 'sin'] as const;
export type Region = (typeof regions)[number];
export type AppName = (typeof workers)[number] | 'api' | Region;
const tokenOf = (region: Region): string => `token-of-the-region-${region}`;

/** Workers, an API, a probe a region, PostgreSQL and the queue, each a process of its own that can be killed and comes back. */
export type House = AsyncDisposable &
  Readonly<{
    databaseUrl: string;
    /** Of the API. */
    url: string;
    queue: QueueBackend;
    /** SIGKILL. Started again at once, as a supervisor does, and again when what it needs is away. */
    killApp: (name: AppName) => Promise<void>;
    /** Ends the database, or the queue, without a word, and starts it again after a while. */
    killDatabase: (awayMs: number) => Promise<void>;
    killQueue: (awayMs: number) => Promise<void>;
    /** Takes everything out of the queue. Null where that is not a thing of its own: it lies in the database. */
    emptyQueue: (() => Promise<void>) | null;
    /** How often an app ended by itself: what it needs was away when it started. */
    endedItself: () => number;
    /** Where the apps log. */
    folder: string;
  }>;

export type HouseOptions = Readonly<{
  env: Readonly<Record<string, string>>;
  queue: 'redis' | 'postgres';
  workers?: 1 | 2;
  /** Whether a probe looks from each region. */
  probes?: boolean;
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

/** Which processes there are, and what each is told besides. */
const appsOf = (count: 1 | 2, probes: boolean, url: string, databaseUrl: string) => [
  ...workers.slice(0, count).map((name) => ({ name, entry: 'apps/api/src/worker.ts', env: {} })),
  { name: 'api' as const, entry: 'apps/api/src/server.ts', env: {} },
  ...regions
    .filter(() => probes)
    .map((name) => ({
      name,
      entry: 'apps/probe/src/main.ts',
      env: {
        ...{ FARWATCH_API_URL: url, FARWATCH_REGION: name, FARWATCH_REGION_TOKEN: tokenOf(name) },
        // By it a site knows who is asking.
        ...{ FARWATCH_CONTACT_URL: `https://${name}.example/`, QUEUE_DATABASE_URL: databaseUrl },
      },
    })),
];

const bounce = async (server: Pick<TestPostgres, 'crash' | 'start'>, awayMs: number): Promise<void> => {
  await server.crash();
  await pause(awayMs);
  await server.start();
};

/** Starts all of it and waits until the API is ready. */
export const startHouse = async (options: HouseOptions): Promise<House> => {
  const { env, queue, workers: count = 2, probes = false, folder: kept } = options;
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
    const url = `http://127.0.0.1:${port}`;
    const { PATH, HOME, LD_LIBRARY_PATH } = process.env;
    const house: NodeJS.ProcessEnv = {
      ...{ PATH, HOME, LD_LIBRARY_PATH, NODE_ENV: 'production', ...places, ...env },
      ...{ FARWATCH_HOST: '127.0.0.1', FARWATCH_PORT: String(port), FARWATCH_URL: url, FARWATCH_DATA: folder },
      ...{ FARWATCH_ALLOW_CIDRS: '127.0.0.0/8', FARWATCH_REQUEST_LIMIT: '1000000' },
      ...(probes ? { FARWATCH_REGIONS: regions.map((region) => `${region}:${tokenOf(region)}`).join(',') } : {}),
    };
    const log = (name: string): string => join(folder, `${name}.log`);
    await migrate(house, log('migrate'));
    let own = 0;
    const onOwnEnd = (): void => {
      own += 1;
    };
    const apps = new Map<AppName, App>();
    for (const { name, entry, env: more } of appsOf(count, probes, url, databaseUrl)) {
      const app = startApp({ name, entry, env: { ...house, ...more }, log: log(name), onOwnEnd });
      stack.defer(app.stop);
      apps.set(name, app);
    }
    await waitUntil(isUp(port), 60_000, 'the API');
    return {
      ...{ databaseUrl, url, folder, queue: queueBackend(places) },
      killApp: async (name) => await apps.get(name)?.kill(),
      killDatabase: (awayMs) => bounce(database, awayMs),
      killQueue: (awayMs) => bounce(redis ?? database, awayMs),
      emptyQueue: redis?.empty ?? null,
      endedItself: () => own,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
};
