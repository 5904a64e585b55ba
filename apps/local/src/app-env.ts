import { join } from 'node:path';
import type { Secrets } from './data-dir.ts';
import { type Env, localUrl, type Settings } from './settings.ts';

/** Where the apps find what the launcher has started or was given. */
export type Services = Readonly<{
  port: number;
  databaseUrl: string;
  redisUrl: string | null;
  /** Set when the queue is PostgreSQL: for api and worker, and for the probe as the role that sees the queue alone. */
  queueDatabaseUrl: string | null;
  probeQueueUrl: string | null;
}>;

const region = 'local';

/** Settings of the surroundings that every app may see. Secrets are not among them. */
const surroundings = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'FARWATCH_LOG_LEVEL',
  'FARWATCH_ALLOW_CIDRS',
];

const pick = (env: Env, wanted: (name: string) => boolean): Env =>
  Object.fromEntries(Object.entries(env).filter(([name, value]) => value !== undefined && wanted(name)));

const given = (values: Env): Env => pick(values, () => true);

const baseEnv = ({ env, root }: Settings): Env => ({
  ...pick(env, (name) => surroundings.includes(name)),
  NODE_ENV: 'production',
  // A second start doesn't strip and compile everything again. Node does without where this can't be written.
  NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.farwatch', 'compile-cache'),
});

/** Mail server, SMS, Slack and the like: api and worker send through them, a probe doesn't. */
const isProviderSetting = (name: string): boolean =>
  /^(TWILIO|TELEGRAM|DISCORD)_/.test(name) || ['SMTP_URL', 'MAIL_FROM', 'SLACK_API_URL'].includes(name);

/** Null when it is left to us: then it is the one made on the first start. */
export const givenMasterKey = ({ env }: Settings): string | null => env.FARWATCH_MASTER_KEY?.trim() || null;

/** For the command that seals channel secrets anew. */
export const rotationEnv = (settings: Settings, masterKey: string, databaseUrl: string): Env =>
  given({ ...baseEnv(settings), DATABASE_URL: databaseUrl, FARWATCH_MASTER_KEY: masterKey });

const nullToAbsent = (value: string | null): string | undefined => value ?? undefined;

/** As a probe that runs alone sets for itself (apps/probe/src/lean.ts): a process stays a fifth to a third smaller. */
const lean: Env = {
  ...{ NODE_OPTIONS: '--max-semi-space-size=4', MALLOC_ARENA_MAX: '2' },
  ...{ MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' },
};

/** For api and worker: everything that is theirs to read, with what we know better written over it. */
export const houseEnv = (settings: Settings, secrets: Secrets, services: Services): Env => {
  const { env, host, dataDir, root, publicUrl } = settings;
  const others = env.FARWATCH_REGIONS?.trim() ?? '';
  return given({
    ...lean, // what was set for the start goes before it
    ...baseEnv(settings),
    ...pick(env, (name) => name.startsWith('FARWATCH_') || isProviderSetting(name)),
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: nullToAbsent(services.redisUrl),
    QUEUE_DATABASE_URL: nullToAbsent(services.queueDatabaseUrl),
    FARWATCH_HOST: host,
    FARWATCH_PORT: String(services.port),
    FARWATCH_URL: publicUrl ?? localUrl(host, services.port),
    FARWATCH_SECRET: env.FARWATCH_SECRET ?? secrets.secret,
    FARWATCH_MASTER_KEY: givenMasterKey(settings) ?? secrets.masterKey,
    FARWATCH_DATA: dataDir,
    FARWATCH_REGIONS: [`${region}:${secrets.regionToken}`, others].filter((part) => part !== '').join(','),
    FARWATCH_WEB_DIR: env.FARWATCH_WEB_DIR ?? join(root, 'apps', 'web', 'dist'),
  });
};

/** For the probe: no database, no mail server, no secret but its own region's token. */
export const probeEnv = (settings: Settings, secrets: Secrets, services: Services): Env =>
  given({
    ...baseEnv(settings),
    PROBE_PROCESSES: settings.env.PROBE_PROCESSES,
    FARWATCH_CONCURRENCY: settings.env.FARWATCH_CONCURRENCY,
    FARWATCH_HOST_CONCURRENCY: settings.env.FARWATCH_HOST_CONCURRENCY,
    FARWATCH_CONTROL_URLS: settings.env.FARWATCH_CONTROL_URLS,
    FARWATCH_API_URL: localUrl(settings.host, services.port),
    FARWATCH_REGION: region,
    FARWATCH_REGION_TOKEN: secrets.regionToken,
    ...lean,
    FARWATCH_DATA: join(settings.dataDir, 'probe'),
    REDIS_URL: nullToAbsent(services.redisUrl),
    QUEUE_DATABASE_URL: nullToAbsent(services.probeQueueUrl),
  });
