import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Child, startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { type PostgresUser, postgresBinaries, postgresDataDir, postgresUser } from './postgres-home.ts';
import { waitUntil } from './wait-until.ts';

export type TestPostgres = AsyncDisposable &
  Readonly<{
    /** The superuser's URL of the database `postgres`. */
    url: string;
    port: number;
    /** Ends the server at once, as a crash would; the data stays. */
    crash: () => Promise<void>;
    /** Starts it again on the same port and data. */
    start: () => Promise<void>;
  }>;

// Data that nobody needs after a crash of the machine: no fsync.
const settings = (port: number): readonly string[] =>
  [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300',
    'shared_buffers=64MB',
    'fsync=off',
    'full_page_writes=off',
    'synchronous_commit=off',
  ].flatMap((setting) => ['-c', setting]);

const initialise = (binaries: string, dir: string, user: PostgresUser, password: string): void => {
  const file = join(dir, 'password');
  writeFileSync(file, password); // in a folder that only `user` may enter
  const data = join(dir, 'data');
  const args = ['-D', data, '-U', 'postgres', '--auth=password', `--pwfile=${file}`, '-E', 'UTF8', '--locale=C'];
  const done = spawnSync(join(binaries, 'bin/initdb'), [...args, '--no-sync'], {
    ...user,
    cwd: dir,
    encoding: 'utf8',
    timeout: 60_000,
  });
  rmSync(file);
  if (done.status !== 0) throw new Error(`initdb failed: ${done.error?.message ?? done.stderr}`);
};

const isUp = async (url: string): Promise<true> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  await client.connect();
  await client.end();
  return true;
};

/** A real PostgreSQL of its own on a free port, gone when disposed or when this process ends. First start: about 2 s. */
export const startPostgres = async (): Promise<TestPostgres> => {
  const user = postgresUser();
  const binaries = postgresBinaries(user);
  const dir = postgresDataDir(user);
  const password = randomBytes(12).toString('hex');
  initialise(binaries, dir, user, password);
  const port = await freePort();
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  let child: Child | undefined;
  const start = async () => {
    const args = ['-D', join(dir, 'data'), ...settings(port)];
    const started = await startChild(join(binaries, 'bin/postgres'), args, { ...user, cwd: dir }, dir);
    child = started;
    await waitUntil(() => !started.running() || isUp(url), 30_000, 'PostgreSQL');
    if (!started.running()) throw new Error(`PostgreSQL ended at once: ${started.output()}`);
  };
  await start();
  return {
    url,
    port,
    start,
    crash: async () => await child?.stop('SIGQUIT'),
    [Symbol.asyncDispose]: async () => {
      await child?.stop('SIGINT'); // "fast": does not wait for clients
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
