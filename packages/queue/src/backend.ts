/** Where jobs lie: Redis (one server or a Cluster), or a schema of PostgreSQL. */
export type QueueBackend =
  | Readonly<{ kind: 'redis'; url: string }>
  | Readonly<{ kind: 'postgres'; url: string; schema: string }>;

export type QueueEnv = Readonly<{
  REDIS_URL?: string | undefined;
  QUEUE_DATABASE_URL?: string | undefined;
  DATABASE_URL?: string | undefined;
}>;

const clusterScheme = /^rediss?\+cluster:\/\//;
const node = String.raw`(?:[\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}`;
const clusterUrl = new RegExp(String.raw`^rediss?\+cluster://(?:[^@/]*@)?${node}(?:,${node})*/?$`);

const schemeOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).protocol : null);

// The value is not repeated in the message: it may hold a password.
const redis = (url: string): QueueBackend => {
  const isGood = clusterScheme.test(url)
    ? clusterUrl.test(url)
    : ['redis:', 'rediss:'].includes(schemeOf(url) ?? '') && new URL(url).hostname !== '';
  if (isGood) return { kind: 'redis', url };
  throw new Error(
    'REDIS_URL must look like redis://host:6379 or redis+cluster://host1:6379,host2:6379 (rediss… for TLS)',
  );
};

const postgres = (setting: string, url: string): QueueBackend => {
  if (['postgres:', 'postgresql:'].includes(schemeOf(url) ?? '')) return { kind: 'postgres', url, schema: 'queue' };
  throw new Error(`${setting} must look like postgres://user:password@host:5432/database`);
};

/**
 * Reads which queue to use: Redis when REDIS_URL is set, else PostgreSQL. An empty setting is as good as none. Throws
 * an Error of one line that names the setting at fault.
 */
export const queueBackend = (env: QueueEnv): QueueBackend => {
  if (env.REDIS_URL) return redis(env.REDIS_URL);
  if (env.QUEUE_DATABASE_URL) return postgres('QUEUE_DATABASE_URL', env.QUEUE_DATABASE_URL);
  if (env.DATABASE_URL) return postgres('DATABASE_URL', env.DATABASE_URL);
  throw new Error('REDIS_URL or QUEUE_DATABASE_URL must be set: there is no queue without one of them');
};

export type ClusterAddress = Readonly<{
  nodes: readonly Readonly<{ host: string; port: number }>[];
  username?: string;
  password?: string;
  tls: boolean;
}>;

/** The nodes and the login of a `redis+cluster://` URL, or null when the URL means a single server. */
export const clusterAddress = (url: string): ClusterAddress | null => {
  if (!clusterScheme.test(url)) return null;
  // Not for the URL parser: it knows of one host per URL.
  const rest = url.replace(clusterScheme, '').replace(/\/$/, '');
  const login = rest.slice(0, Math.max(rest.lastIndexOf('@'), 0));
  const [username = '', password = ''] = login.split(':').map(decodeURIComponent);
  const addresses = rest.slice(rest.lastIndexOf('@') + 1).split(',');
  const nodes = addresses.map((address) => {
    const colon = address.lastIndexOf(':');
    return { host: address.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(address.slice(colon + 1)) };
  });
  return {
    nodes,
    tls: url.startsWith('rediss'),
    ...(username === '' ? {} : { username }),
    ...(password === '' ? {} : { password }),
  };
};
