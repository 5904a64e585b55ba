import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startPostgres, waitUntil } from '@farwatch/testkit';
import { Client } from 'pg';
import type { Compose, Service } from './compose.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Running = Readonly<{
  process: ChildProcess;
  output: () => string;
  stop: (signal?: NodeJS.Signals) => Promise<void>;
}>;

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Running => {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const hear = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-30_000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), 30_000);
    await exit;
    clearTimeout(hard);
  };
  return { process: child, output: () => output, stop };
};

export type Services = AsyncDisposable &
  Readonly<{
    url: string;
    /** One service of the compose file as a plain process: its command, its environment, its own data folder. */
    start: (name: string) => Promise<Running>;
    running: ReadonlyMap<string, Running>;
  }>;

/** What a container's network would have resolved: the only thing about a service's environment that is changed here. */
type Places = Readonly<{ postgres: string; redis: string; api: string; port: string }>;
const placed = (text: string, places: Places): string =>
  text.replace('postgres:5432', places.postgres).replace('redis:6379', places.redis).replace('api:3000', places.api);

const environmentOf = ({ environment = {} }: Service, places: Places, dataDir: string): NodeJS.ProcessEnv => {
  const entries = Object.entries(environment).map(([name, value]) => [name, placed(String(value), places)]);
  const { PATH, HOME } = process.env;
  const own = { ...Object.fromEntries(entries), NODE_ENV: 'production', FARWATCH_DATA: dataDir, PATH, HOME };
  // The container listens on every address of its own network; a test has no network of its own.
  return 'FARWATCH_PORT' in own ? { ...own, FARWATCH_HOST: '127.0.0.1', FARWATCH_PORT: places.port } : own;
};

const startDatabase = async ({ environment = {} }: Service) => {
  const server = await startPostgres();
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { POSTGRES_USER = '', POSTGRES_PASSWORD = '', POSTGRES_DB = '' } = environment;
  await client.query(`CREATE ROLE ${POSTGRES_USER} LOGIN PASSWORD '${POSTGRES_PASSWORD}'`);
  await client.query(`CREATE DATABASE ${POSTGRES_DB} OWNER ${POSTGRES_USER}`);
  await client.end();
  return server;
};

/** Starts PostgreSQL and Redis of a compose file for real; the other services start by name. */
export const startServices = async (compose: Compose, port: number): Promise<Services> => {
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-services-'));
  const service = (name: string): Service => {
    const found = compose.services[name];
    if (found === undefined) throw new Error(`docker-compose.yml has no service ${name}`);
    return found;
  };
  const running = new Map<string, Running>();
  const database = await startDatabase(service('postgres'));
  const redisPort = await freePort();
  const { command: [redisShell = '', ...redisArgs] = [], environment: redisEnvironment = {} } = service('redis');
  const redis = run(
    redisShell,
    [...redisArgs, '--port', String(redisPort), '--bind', '127.0.0.1', '--dir', folder],
    { ...process.env, ...redisEnvironment },
    folder,
  );
  await waitUntil(() => redis.output().includes('Ready to accept connections'), 60_000, 'Redis');
  const places: Places = {
    postgres: new URL(database.url).host,
    redis: `127.0.0.1:${redisPort}`,
    api: `127.0.0.1:${port}`,
    port: String(port),
  };
  return {
    url: `http://127.0.0.1:${port}`,
    running,
    start: async (name) => {
      const [program = '', ...args] = service(name).command ?? [];
      const dataDir = join(folder, name.startsWith('probe') ? name : 'data');
      await mkdir(dataDir, { recursive: true });
      const command = program === 'node' ? process.execPath : program;
      const started = run(command, args, environmentOf(service(name), places, dataDir), root);
      running.set(name, started);
      return started;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...running.values()].map(({ stop }) => stop()));
      await redis.stop();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
