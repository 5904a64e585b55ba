import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chown, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Secrets } from './data-dir.ts';
import { needRoom } from './data-dir.ts';
import { freePort } from './free-port.ts';
import type { LogFile } from './log-file.ts';
import type { PostgresPlace } from './postgres-place.ts';
import { diskProblem, oneLine, Problem } from './problem.ts';
import { commandOf, endProcess, identityOf, processesIn } from './processes.ts';
import { endChild, exitOf, type Running } from './running.ts';

export type PostgresOptions = Readonly<{
  place: PostgresPlace;
  secrets: Secrets;
  dataDir: string;
  log: LogFile;
  onStart: (pid: number) => void;
}>;

const major = '18';
const superuser = 'postgres';
const owner = 'farwatch';

/** Its own environment: PG* variables of the one who starts us must not steer it. */
const plainEnv = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

const asUser = ({ user }: PostgresPlace) => (user === null ? {} : { uid: user.uid, gid: user.gid });

const readVersion = (clusterDir: string): Promise<string | null> =>
  readFile(join(clusterDir, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );

/** Runs `initdb` into a folder beside and renames it, so that one cut short is never taken for a whole cluster. */
const createCluster = async ({ place, secrets, dataDir, log }: PostgresOptions): Promise<void> => {
  const { binDir, clusterDir, user } = place;
  await needRoom(dirname(clusterDir));
  const partial = `${clusterDir}.new`;
  await rm(partial, { recursive: true, force: true });
  const passwordDir = await mkdtemp(join(tmpdir(), 'farwatch-'));
  const passwordFile = join(passwordDir, 'password');
  try {
    await writeFile(passwordFile, `${secrets.superuserPassword}\n`, { mode: 0o600 });
    for (const path of user === null ? [] : [passwordDir, passwordFile])
      await chown(path, user?.uid ?? 0, user?.gid ?? 0);
    const child = spawn(
      join(binDir, 'initdb'),
      [
        `--pgdata=${partial}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        // The same order and case rules on every machine, whatever locales it has.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...asUser(place), cwd: '/', env: plainEnv, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.on('data', log.write);
    child.stderr.on('data', log.write);
    const how = await exitOf(child);
    if (how !== 'exit code 0') throw deathProblem('creating the database', how, log, dataDir);
    await rename(partial, clusterDir);
  } finally {
    await rm(passwordDir, { recursive: true, force: true });
  }
};

const deathProblem = (what: string, how: string, log: LogFile, dataDir: string): Problem => {
  const words = log.lastLines(15);
  const reason = words.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? words.at(-1) ?? how;
  return (
    diskProblem(words.join('\n'), dataDir) ??
    new Problem(`PostgreSQL: ${what} failed (${how}): ${reason.trim()}; its log is ${log.path}`)
  );
};

/**
 * After a `kill -9`, processes of the old server may still hold the cluster, and the pid in its lock file may by now
 * belong to a stranger, which PostgreSQL would take for a running server. A lock file whose process is gone is left to
 * PostgreSQL, which knows best what to do with it.
 */
const clearTheWay = async (clusterDir: string): Promise<void> => {
  const lockFile = join(clusterDir, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(lockFile, 'utf8').catch(() => ''), 10);
  const dir = await realpath(clusterDir);
  const identity = Number.isNaN(pid) ? null : identityOf(pid);
  if (identity !== null && (processesIn(dir).includes(pid) || commandOf(pid).includes(clusterDir))) {
    await endProcess(pid, identity, [
      ['SIGINT', 20_000],
      ['SIGQUIT', 5_000],
    ]);
  }
  for (const helper of processesIn(dir)) {
    const known = identityOf(helper);
    if (known !== null) await endProcess(helper, known, [['SIGTERM', 5_000]]);
  }
  if (identity !== null && identityOf(pid) === identity) rmSync(lockFile, { force: true }); // a stranger's pid
};

const serverFlags = (port: number): readonly string[] =>
  Object.entries({
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '256MB',
    work_mem: '8MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    fsync: 'on',
    synchronous_commit: 'on',
    jit: 'off', // short queries only: compiling them costs more than it saves
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    logging_collector: 'off',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

const connect = async (port: number, user: string, password: string, database: string): Promise<Client> => {
  const client = new Client({ host: '127.0.0.1', port, user, password, database, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined); // the query that is under way rejects; nothing more to say here
  await client.connect();
  return client;
};

/** Makes the role and the database that the apps use, where they are missing: a first start may have been cut short. */
const ensureDatabase = async (port: number, secrets: Secrets): Promise<void> => {
  const client = await connect(port, superuser, secrets.superuserPassword, 'postgres');
  try {
    const password = client.escapeLiteral(secrets.databasePassword);
    const roles = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [owner]);
    if (roles.rowCount === 0) await client.query(`CREATE ROLE ${owner} LOGIN CREATEROLE PASSWORD ${password}`);
    const databases = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [owner]);
    if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${owner} OWNER ${owner}`);
  } finally {
    await client.end();
  }
};

const startTimeoutMs = 120_000; // recovery after a crash replays up to 2 GB of log

/** 'ready' once the server takes connections; a refused password is the caller's to hear, not to wait for. */
const untilUp = async (port: number, secrets: Secrets, gone: () => boolean): Promise<boolean> => {
  for (const end = Date.now() + startTimeoutMs; Date.now() < end && !gone(); await sleep(30)) {
    try {
      await ensureDatabase(port, secrets);
      return true;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === '28P01') {
        throw new Problem(
          `The database does not know the password in secrets.json: put back the secrets.json it was made with.`,
        );
      }
      // 57P03: starting up or recovering. Anything else that isn't about the connection is a real error.
      if (
        !['57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String(code)) &&
        !/timeout|terminated/i.test(oneLine(error))
      )
        throw error;
    }
  }
  return false;
};

/** One start of the server on `port`. Rejects with a `Problem` when it doesn't come up; then nothing of it is left. */
const startServer = async (options: PostgresOptions, port: number): Promise<Running> => {
  const { place, secrets, dataDir, log, onStart } = options;
  await clearTheWay(place.clusterDir);
  const child = spawn(join(place.binDir, 'postgres'), ['-D', place.clusterDir, ...serverFlags(port)], {
    ...asUser(place),
    cwd: '/',
    env: plainEnv,
    detached: true, // Ctrl-C is for the launcher, which stops the apps first
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = exitOf(child);
  let gone = false;
  let how = '';
  void exited.then((text) => {
    gone = true;
    how = text;
  });
  if (child.pid === undefined) throw new Problem(`PostgreSQL ${await exited}`);
  child.stdout.on('data', log.write);
  child.stderr.on('data', log.write);
  const stop = (): Promise<void> =>
    endChild(child, exited, [
      ['SIGINT', 30_000],
      ['SIGQUIT', 5_000],
    ]);
  try {
    onStart(child.pid);
    if (await untilUp(port, secrets, () => gone)) return { pid: child.pid, exited, stop };
    throw deathProblem('starting', gone ? how : `not up after ${startTimeoutMs / 1000} s`, log, dataDir);
  } catch (error) {
    if (!gone) await stop();
    throw error;
  }
};

export type EmbeddedPostgres = Readonly<{
  created: boolean;
  /** What the apps connect with; the port stays the same for as long as this launcher runs. */
  url: string;
  start: () => Promise<Running>;
}>;

/** Creates the cluster when there is none. The server is not started yet. */
export const preparePostgres = async (options: PostgresOptions): Promise<EmbeddedPostgres> => {
  const { place, secrets } = options;
  const version = await readVersion(place.clusterDir);
  if (version !== null && version !== major) {
    throw new Problem(`${place.clusterDir} was made by PostgreSQL ${version}, and this Farwatch brings ${major}.`);
  }
  if (version === null) await createCluster(options);
  const port = await freePort();
  return {
    created: version === null,
    url: `postgres://${owner}:${encodeURIComponent(secrets.databasePassword)}@127.0.0.1:${port}/${owner}`,
    start: () => startServer(options, port),
  };
};
