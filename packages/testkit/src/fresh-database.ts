import { randomBytes } from 'node:crypto';
import { migrate } from '@farwatch/prisma/migrate';
import { Client } from 'pg';

export const serverSetting = 'FARWATCH_TEST_POSTGRES_URL';
const template = 'farwatch_template';

const within = (serverUrl: string, database: string): string => {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
};

const withClient = async (url: string, text: string): Promise<void> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
};

/** Migrates once into a template; copying that is far quicker than migrating again. */
export const prepareTemplate = async (serverUrl: string): Promise<void> => {
  await withClient(serverUrl, `CREATE DATABASE ${template}`);
  await migrate(within(serverUrl, template));
};

const serverUrl = (): string => {
  const url = process.env[serverSetting];
  if (url === undefined)
    throw new Error('freshDatabase needs the globalSetup: name the test *.int.test.ts or *.e2e.test.ts');
  return url;
};

/**
 * A migrated database of its own on the PostgreSQL that this test run shares; its URL is the superuser's. Dropped,
 * connections and all, when disposed.
 */
export const freshDatabase = async (): Promise<AsyncDisposable & Readonly<{ url: string }>> => {
  const server = serverUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: within(server, name),
    [Symbol.asyncDispose]: () => withClient(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
};

/** An empty database: nothing migrated. */
export const emptyDatabase = async (): Promise<AsyncDisposable & Readonly<{ url: string }>> => {
  const server = serverUrl();
  const name = `empty_${randomBytes(8).toString('hex')}`;
  await withClient(server, `CREATE DATABASE ${name}`);
  return {
    url: within(server, name),
    [Symbol.asyncDispose]: () => withClient(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
};
