import { join } from 'node:path';
import { houseEnv, probeEnv, type Services } from './app-env.ts';
import type { Secrets } from './data-dir.ts';
import { reachDatabase, upgradeDatabase } from './database.ts';
import { openLogFile } from './log-file.ts';
import { startNodeApp } from './node-app.ts';
import { openPostgresQueue, reachRedis } from './open-queue.ts';
import type { Roll } from './orphans.ts';
import { preparePostgres } from './postgres.ts';
import { findPostgresPlace } from './postgres-place.ts';
import type { Problem } from './problem.ts';
import { chooseQueue, type QueueChoice } from './queue-choice.ts';
import { prepareRedis } from './redis.ts';
import type { Running } from './running.ts';
import type { Screen } from './screen.ts';
import { type Env, isLoopback, type Settings } from './settings.ts';
import { type Supervised, supervise } from './supervise.ts';

/** What building the house needs. Everything that was started is put on `stack`, so that leaving it stops it in reverse. */
export type HouseOptions = Readonly<{
  settings: Settings;
  secrets: Secrets;
  roll: Roll;
  screen: Screen;
  port: number;
  stack: AsyncDisposableStack;
  /** Aborted when the person wants to leave before all is up. */
  leaving: AbortSignal;
  giveUp: (problem: Problem) => void;
}>;

export type House = Readonly<{ apps: readonly Supervised[]; facts: readonly (readonly [string, string])[] }>;

/** Its place in the order of stopping is that of the calls, whichever is up first. */
const keep = async (
  options: Omit<HouseOptions, 'port'>,
  name: string,
  start: () => Promise<Running>,
): Promise<Supervised> => {
  const { stack, screen, giveUp, leaving } = options;
  leaving.throwIfAborted();
  const supervised = supervise({ name, start, say: screen.warn, giveUp });
  stack.defer(async () => {
    const up = await supervised.catch(() => null); // what didn't come up has stopped itself, and its caller was told
    await up?.stop();
  });
  return supervised;
};

const logOf = ({ settings }: Pick<HouseOptions, 'settings'>, name: string) =>
  openLogFile(join(settings.dataDir, 'logs', `${name}.log`));

/** Answers the database's URL: that of DATABASE_URL, or of the embedded one, which is made and started. */
export const openDatabase = async (options: Omit<HouseOptions, 'port'>): Promise<{ url: string; words: string }> => {
  const { settings, secrets, screen, roll } = options;
  if (settings.databaseUrl !== null) {
    await reachDatabase(settings.databaseUrl, 'DATABASE_URL');
    return { url: settings.databaseUrl, words: 'the PostgreSQL of DATABASE_URL' };
  }
  const place = await findPostgresPlace(settings.dataDir, secrets.id);
  if (place.remark !== null) screen.say(place.remark);
  const postgres = await preparePostgres({
    place,
    secrets,
    dataDir: settings.dataDir,
    log: logOf(options, 'postgres'),
    onStart: (pid) => roll.add('postgres', pid),
  });
  await keep(options, 'postgres', postgres.start);
  return { url: postgres.url, words: 'PostgreSQL 18, embedded' };
};

const openRedis = async (options: HouseOptions, choice: QueueChoice): Promise<string | null> => {
  const { settings, secrets, roll } = options;
  if (choice.kind === 'postgres') return null;
  if (choice.kind === 'redis-url') {
    await reachRedis(choice.url);
    return choice.url;
  }
  const redis = await prepareRedis({
    dataDir: settings.dataDir,
    password: secrets.redisPassword,
    log: logOf(options, 'redis'),
    onStart: (pid) => roll.add('redis', pid),
  });
  await keep(options, 'redis', redis.start);
  return redis.url;
};

const startApps = async (options: HouseOptions, services: Services): Promise<readonly Supervised[]> => {
  const { settings, secrets, roll } = options;
  const app = (name: string, entry: string, env: Env): Promise<Supervised> => {
    const log = logOf(options, name);
    const start = (): Promise<Running> =>
      startNodeApp({
        name,
        entry: join(settings.root, entry),
        cwd: settings.root,
        env,
        log,
        onStart: (pid) => roll.add(name, pid),
      });
    return keep(options, name, start);
  };
  const house = houseEnv(settings, secrets, services);
  // Stopped in reverse: the probe sends what it has, the API lets go, the worker drains what they left.
  const [worker, api] = await Promise.all([
    app('worker', 'apps/api/src/worker.ts', house),
    app('api', 'apps/api/src/server.ts', house),
  ]);
  const probe = await app('probe', 'apps/probe/src/main.ts', probeEnv(settings, secrets, services));
  return [worker, api, probe];
};

/** Starts everything in order. Throws a `Problem` when a part doesn't come up; `stack` then holds what did. */
export const buildHouse = async (options: HouseOptions): Promise<House> => {
  const { settings, secrets, screen, port } = options;
  const choice = chooseQueue(settings);
  const database = await screen.step('Starting the database', () => openDatabase(options));
  const applied = await screen.step('Bringing its tables up to date', () =>
    upgradeDatabase(database.url, settings.dataDir),
  );
  const queue = await screen.step('Starting the queue', async () => {
    const redisUrl = await openRedis(options, choice);
    if (redisUrl === null) return openPostgresQueue(settings, secrets, database.url);
    return { redisUrl, queueDatabaseUrl: null, probeQueueUrl: null };
  });
  const services: Services = { port, databaseUrl: database.url, ...queue };
  const apps = await screen.step('Starting worker, api and probe', () => startApps(options, services));
  const open = isLoopback(settings.host)
    ? []
    : [['Network', `open to other machines: FARWATCH_HOST is ${settings.host}`] as const];
  const upgraded = applied === 0 ? '' : `, ${applied} migration${applied === 1 ? '' : 's'} applied`;
  return { apps, facts: [['Database', `${database.words}${upgraded}`], ['Queue', choice.words], ...open] };
};
