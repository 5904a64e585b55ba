import { join } from 'node:path';
import { type DialRules, parseDialRules } from '@farwatch/checker';
import { type QueueBackend, queueBackend } from '@farwatch/queue';

export type ProbeConfig = Readonly<{
  /** Origin of the API, without a slash at its end. */
  apiUrl: string;
  region: string;
  token: string;
  queue: QueueBackend;
  /** This region's own folder: stored assignments, spooled batches, the last-alive mark. */
  dataDir: string;
  dialRules: DialRules;
  /** Reached by any probe that has a network; none = it never takes itself for blind. */
  controlUrls: readonly string[];
  concurrency: number;
  /** Looks at one host at once; four times as many at one address. */
  hostConcurrency: number;
  spoolBytes: number;
  userAgent: string;
  logLevel: string;
}>;

type Env = Readonly<Record<string, string | undefined>>;

const needed = (env: Env, name: string): string => {
  const value = env[name]?.trim() ?? '';
  if (value === '') throw new Error(`${name} is not set`);
  return value;
};

const readUrl = (env: Env, name: string, otherwise?: string): string => {
  const text = otherwise !== undefined && (env[name] ?? '') === '' ? otherwise : needed(env, name);
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new Error(`${name} must be an http or https URL, not "${text}"`);
  return url.href.replace(/\/$/u, '');
};

const readNumber = (env: Env, name: string, otherwise: number, min: number, max: number): number => {
  const text = env[name]?.trim() ?? '';
  if (text === '') return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new Error(`${name} must be a whole number from ${min} to ${max}, not "${text}"`);
  return value;
};

const readRegion = (env: Env): string => {
  const region = needed(env, 'FARWATCH_REGION');
  if (!/^[a-z][a-z0-9-]{0,31}$/u.test(region))
    throw new Error(`FARWATCH_REGION must be a short lower-case name such as fra, not "${region}"`);
  return region;
};

const readToken = (env: Env): string => {
  const token = needed(env, 'FARWATCH_REGION_TOKEN');
  if (!/^[\x21-\x7e]{16,}$/u.test(token))
    throw new Error('FARWATCH_REGION_TOKEN must have at least 16 printable characters');
  return token;
};

const readDialRules = (env: Env): DialRules => {
  try {
    return parseDialRules(env.FARWATCH_ALLOW_CIDRS ?? '');
  } catch (error) {
    throw new Error(`FARWATCH_ALLOW_CIDRS: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
};

const mostControls = 10;
const readControls = (env: Env): readonly string[] => {
  const texts = (env.FARWATCH_CONTROL_URLS ?? '').split(',').map((text) => text.trim());
  const urls = texts
    .filter((text) => text !== '')
    .map((text) => readUrl({ FARWATCH_CONTROL_URLS: text }, 'FARWATCH_CONTROL_URLS'));
  if (urls.length > mostControls) throw new Error(`FARWATCH_CONTROL_URLS must name at most ${mostControls} URLs`);
  return urls;
};

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const readLogLevel = (env: Env): string => {
  const level = env.FARWATCH_LOG_LEVEL || 'info';
  if (!logLevels.includes(level)) throw new Error(`FARWATCH_LOG_LEVEL must be one of ${logLevels.join(', ')}`);
  return level;
};

/**
 * Everything the probe is told by its environment, read in this one place.
 * @throws Error with one line that names the setting
 */
export const readConfig = (env: Env): ProbeConfig => {
  const region = readRegion(env);
  return {
    apiUrl: readUrl(env, 'FARWATCH_API_URL'),
    region,
    token: readToken(env),
    queue: readQueue(env),
    dataDir: join(needed(env, 'FARWATCH_DATA'), `probe-${region}`),
    dialRules: readDialRules(env),
    controlUrls: readControls(env),
    concurrency: readNumber(env, 'FARWATCH_CONCURRENCY', 200, 1, 10_000),
    hostConcurrency: readNumber(env, 'FARWATCH_HOST_CONCURRENCY', 8, 1, 10_000),
    spoolBytes: readNumber(env, 'FARWATCH_SPOOL_MB', 512, 1, 1_000_000) * 1_024 * 1_024,
    userAgent: `Farwatch/0.1 (+${readUrl(env, 'FARWATCH_CONTACT_URL', 'https://farwatch.dev/probe')})`,
    logLevel: readLogLevel(env),
  };
};

const readQueue = ({ REDIS_URL, QUEUE_DATABASE_URL }: Env): QueueBackend => {
  if (!REDIS_URL && !QUEUE_DATABASE_URL) throw new Error('REDIS_URL is not set, and neither is QUEUE_DATABASE_URL');
  return queueBackend({
    ...(REDIS_URL ? { REDIS_URL } : {}),
    ...(QUEUE_DATABASE_URL ? { QUEUE_DATABASE_URL } : {}),
  });
};
