import { pingQueue, prepareQueue, queueBackend } from '@farwatch/queue';
import { migrate } from './migrate.ts';

// `node prisma/migrate-command.ts`: brings database and queue up to date before api and worker start, for compose and
// the like. `npm start` does the same by itself. Reads DATABASE_URL, REDIS_URL or QUEUE_DATABASE_URL, and
// FARWATCH_PROBE_QUEUE_PASSWORD: given that, the role `farwatch_probe` is made on a PostgreSQL queue, for probes.

type Env = Readonly<Record<string, string | undefined>>;
type Urls = Parameters<typeof queueBackend>[0];

const given = (env: Env, name: string): string | undefined => env[name]?.trim() || undefined;

/** The first line alone, with the code of an error that has no message (a refused connection to several addresses). */
const oneLine = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : error.name;
  return (error.message || code).split('\n', 1)[0] ?? code;
};

const named = (setting: string, error: unknown): Error => {
  const text = oneLine(error);
  return new Error(text.includes(setting) ? text : `${setting}: ${text}`);
};

const urlsOf = (env: Env, databaseUrl: string): Urls => {
  const [redis, queueDatabase] = [given(env, 'REDIS_URL'), given(env, 'QUEUE_DATABASE_URL')];
  return {
    DATABASE_URL: databaseUrl,
    ...(redis === undefined ? {} : { REDIS_URL: redis }),
    ...(queueDatabase === undefined ? {} : { QUEUE_DATABASE_URL: queueDatabase }),
  };
};

const prepare = async (env: Env, databaseUrl: string): Promise<string> => {
  const urls = urlsOf(env, databaseUrl);
  const setting = urls.REDIS_URL ? 'REDIS_URL' : urls.QUEUE_DATABASE_URL ? 'QUEUE_DATABASE_URL' : 'DATABASE_URL';
  const password = given(env, 'FARWATCH_PROBE_QUEUE_PASSWORD');
  try {
    const backend = queueBackend(urls);
    await prepareQueue(backend, password === undefined ? {} : { probeRole: { name: 'farwatch_probe', password } });
    await pingQueue(backend, 10_000);
    return backend.kind === 'redis' ? 'Redis' : 'PostgreSQL';
  } catch (error) {
    throw named(setting, error);
  }
};

/** Answers the line to print. Throws an error of one line that names the setting. */
const run = async (env: Env): Promise<string> => {
  const databaseUrl = given(env, 'DATABASE_URL');
  if (databaseUrl === undefined)
    throw new Error('DATABASE_URL is not set: the PostgreSQL database to bring up to date');
  const applied = await migrate(databaseUrl).catch((error: unknown) => {
    throw named('DATABASE_URL', error);
  });
  const queue = await prepare(env, databaseUrl);
  const what = applied.length === 0 ? 'was up to date' : `is up to date: ${applied.join(', ')} applied`;
  return `The database ${what}; the queue (${queue}) is ready.`;
};

try {
  process.stdout.write(`${await run(process.env)}\n`);
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}
