import type { QueueEnv } from '@farwatch/queue';
import type { Services } from './app-env.ts';
import type { Secrets } from './data-dir.ts';
import { diskProblem, oneLine, Problem } from './problem.ts';
import type { Settings } from './settings.ts';

// The queue package is loaded only where it is needed: it takes longer to load than PostgreSQL takes to start, and with
// a Redis of our own there is nothing to ask of it.

const backendOf = async (env: QueueEnv) => {
  const queue = await import('@farwatch/queue');
  try {
    return { queue, backend: queue.queueBackend(env) };
  } catch (error) {
    throw new Problem(oneLine(error)); // names the setting by itself
  }
};

const named = (setting: string, text: string): string => (text.includes(setting) ? text : `${setting}: ${text}`);

/** Looks whether the Redis of REDIS_URL answers; throws a `Problem` that names the setting. */
export const reachRedis = async (url: string): Promise<void> => {
  const { queue, backend } = await backendOf({ REDIS_URL: url });
  await queue.pingQueue(backend, 5_000).catch((error: unknown) => {
    throw new Problem(named('REDIS_URL', oneLine(error)));
  });
};

/** The probe's own role: on a server of somebody else's its name carries this installation's id. */
const roleOf = ({ databaseUrl, queueDatabaseUrl }: Settings, { id, probeQueuePassword }: Secrets) => ({
  name: databaseUrl === null && queueDatabaseUrl === null ? 'farwatch_probe' : `farwatch_probe_${id}`,
  password: probeQueuePassword,
});

const withRole = (url: string, { name, password }: ReturnType<typeof roleOf>): string => {
  const changed = new URL(url);
  changed.username = name;
  changed.password = password; // the setter escapes it
  return changed.href;
};

const placeOf = ({ databaseUrl, queueDatabaseUrl }: Settings): string => {
  if (queueDatabaseUrl !== null) return 'QUEUE_DATABASE_URL';
  return databaseUrl === null ? 'The embedded database' : 'DATABASE_URL';
};

/** Makes the queue's tables in PostgreSQL and the role that sees only them; answers who connects with what. */
export const openPostgresQueue = async (
  settings: Settings,
  secrets: Secrets,
  databaseUrl: string,
): Promise<Pick<Services, 'redisUrl' | 'queueDatabaseUrl' | 'probeQueueUrl'>> => {
  const url = settings.queueDatabaseUrl ?? databaseUrl;
  const probeRole = roleOf(settings, secrets);
  const { queue, backend } = await backendOf({ QUEUE_DATABASE_URL: url });
  try {
    await queue.prepareQueue(backend, { probeRole });
  } catch (error) {
    const text = oneLine(error);
    throw (
      diskProblem(text, settings.dataDir) ?? new Problem(`${placeOf(settings)}: the queue can't be prepared (${text}).`)
    );
  }
  return { redisUrl: null, queueDatabaseUrl: url, probeQueueUrl: withRole(url, probeRole) };
};
