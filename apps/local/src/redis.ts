import { spawn, spawnSync } from 'node:child_process';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { LogFile } from './log-file.ts';
import { dataDirProblem, diskProblem, Problem } from './problem.ts';
import { endProcess, identityOf, processesIn } from './processes.ts';
import { endChild, exitOf, type Running } from './running.ts';

export type RedisOptions = Readonly<{
  dataDir: string;
  password: string;
  log: LogFile;
  onStart: (pid: number) => void;
}>;

/** BullMQ needs 6.2 or newer. */
const oldest: readonly [number, number] = [6, 2];

/** The version of the `redis-server` on PATH; null when there is none or it is too old to use. */
export const redisOnPath = (): string | null => {
  const { stdout } = spawnSync('redis-server', ['--version'], { encoding: 'utf8', timeout: 5_000 });
  const found = /v=((\d+)\.(\d+)[.\d]*)/.exec(stdout ?? '');
  if (found === null) return null;
  const [version, majorVersion, minor] = [found[1] ?? '', Number(found[2]), Number(found[3])];
  return majorVersion > oldest[0] || (majorVersion === oldest[0] && minor >= oldest[1]) ? version : null;
};

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const configOf = (dir: string, port: number, password: string): string =>
  [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${quoted(password)}`,
    `dir ${quoted(dir)}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""', // the append-only file is what we keep
    'maxmemory 512mb', // a bound; beyond it writes are refused and probes keep their batches on disk
    'maxmemory-policy noeviction',
    'daemonize no',
    '',
  ].join('\n');

/** Resolves true once Redis answers PING: while it loads its file it answers with an error. */
const answersPing = async (port: number, password: string): Promise<boolean> => {
  const socket = connect({ host: '127.0.0.1', port });
  socket.setTimeout(2_000, () => socket.destroy());
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  socket.on('error', () => undefined); // not up yet; 'close' follows
  socket.end(`AUTH ${password}\r\nPING\r\nQUIT\r\n`);
  await new Promise((resolve) => socket.once('close', resolve)); // `once` of node:events would throw the error
  return answer.includes('+PONG');
};

const startTimeoutMs = 60_000;

const startServer = async (
  { dataDir, log, onStart, password }: RedisOptions,
  dir: string,
  port: number,
): Promise<Running> => {
  for (const pid of processesIn(dir)) {
    const identity = identityOf(pid);
    if (identity !== null) await endProcess(pid, identity, [['SIGTERM', 10_000]]); // two on one file would spoil it
  }
  const child = spawn('redis-server', [join(dir, 'redis.conf')], {
    cwd: dir,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = exitOf(child);
  if (child.pid === undefined) throw new Problem(`redis-server ${await exited}`);
  child.stdout.on('data', log.write);
  child.stderr.on('data', log.write);
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  onStart(child.pid);
  const stop = (): Promise<void> => endChild(child, exited, [['SIGTERM', 15_000]]);
  for (const end = Date.now() + startTimeoutMs; Date.now() < end && !gone; await sleep(20)) {
    if (await answersPing(port, password)) return { pid: child.pid, exited, stop };
  }
  if (!gone) await stop();
  const words = log.lastLines(10);
  throw (
    diskProblem(words.join('\n'), dataDir) ??
    new Problem(
      `redis-server did not start: ${words.at(-1) ?? 'it said nothing'}; set FARWATCH_QUEUE=postgres to do without it`,
    )
  );
};

export type LocalRedis = Readonly<{ url: string; start: () => Promise<Running> }>;

/** Writes its settings; the server is not started yet. The port stays the same for as long as this launcher runs. */
export const prepareRedis = async (options: RedisOptions): Promise<LocalRedis> => {
  const port = await freePort();
  const folder = join(options.dataDir, 'redis');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const dir = await realpath(folder);
    await writeFile(join(dir, 'redis.conf'), configOf(dir, port, options.password), { mode: 0o600 });
    return {
      url: `redis://:${encodeURIComponent(options.password)}@127.0.0.1:${port}`,
      start: () => startServer(options, dir, port),
    };
  } catch (error) {
    throw dataDirProblem(error, options.dataDir);
  }
};
