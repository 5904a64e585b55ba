import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { Problem } from './problem.ts';

/** What the launcher itself has to know. The apps read and check the rest of their settings themselves. */
export type Settings = Readonly<{
  root: string; // the clone
  dataDir: string;
  host: string;
  port: number; // 0 asks for any free one
  /** Where people reach the dashboard; null stands for the address that is listened on. */
  publicUrl: string | null;
  databaseUrl: string | null;
  queueDatabaseUrl: string | null;
  redisUrl: string | null;
  queue: 'any' | 'redis' | 'postgres';
  hasSmtp: boolean;
  env: Env;
}>;

export type Env = Readonly<Record<string, string | undefined>>;

const text = (env: Env, name: string): string | null => {
  const value = env[name]?.trim() ?? '';
  return value === '' ? null : value;
};

const urlOf = (env: Env, name: string, protocols: readonly string[]): string | null => {
  const value = text(env, name);
  if (value === null) return null;
  // The value itself stays out of the message: it may hold a password.
  const parsed = URL.parse(value);
  if (parsed === null || !protocols.includes(parsed.protocol)) {
    throw new Problem(`${name} is not a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`);
  }
  return value;
};

const portOf = (env: Env): number => {
  const value = text(env, 'FARWATCH_PORT') ?? '3000';
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) {
    throw new Problem(`FARWATCH_PORT is "${value}": it must be a number from 0 to 65535.`);
  }
  return port;
};

const queueOf = (env: Env): Settings['queue'] => {
  const value = text(env, 'FARWATCH_QUEUE') ?? 'any';
  if (value === 'any' || value === 'redis' || value === 'postgres') return value;
  throw new Problem(`FARWATCH_QUEUE is "${value}": it must be redis or postgres, or not set.`);
};

/** The only reader of the environment here. Throws a `Problem` that names the setting. `root` is the clone's folder. */
export const readSettings = (env: Env, root: string): Settings => {
  // `redis+cluster://h1:p1,h2:p2` is no URL to the WHATWG parser; the queue package judges that form itself.
  const cluster = text(env, 'REDIS_URL')?.startsWith('redis+cluster://') === true;
  return {
    root,
    dataDir: resolve(root, text(env, 'FARWATCH_DATA') ?? join(root, '.farwatch')),
    host: text(env, 'FARWATCH_HOST') ?? '127.0.0.1',
    port: portOf(env),
    publicUrl: urlOf(env, 'FARWATCH_URL', ['http:', 'https:'])?.replace(/\/+$/, '') ?? null,
    databaseUrl: urlOf(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    queueDatabaseUrl: urlOf(env, 'QUEUE_DATABASE_URL', ['postgres:', 'postgresql:']),
    redisUrl: cluster ? text(env, 'REDIS_URL') : urlOf(env, 'REDIS_URL', ['redis:', 'rediss:']),
    queue: queueOf(env),
    hasSmtp: text(env, 'SMTP_URL') !== null,
    env,
  };
};

/** The address at which this machine reaches a server that listens on `host`. */
export const localUrl = (host: string, port: number): string => {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}:${port}`;
};

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
