import { createPostgresBackend, Queue } from 'bullmq';
import { Client } from 'pg';
import type { QueueBackend } from './backend.ts';
import { within } from './deadline.ts';

export type ProbeRole = Readonly<{ name: string; password: string }>;

/** Held while roles are made: two that start at once must not both find none. */
const lockKey = 7_203_771_404;

const migrateSchema = async ({ url, schema }: QueueBackend & { kind: 'postgres' }): Promise<void> => {
  const connection = { connectionString: url, schema, max: 1, connectionTimeoutMillis: 10_000, migrate: true };
  const queue = new Queue('prepare', { connection }, createPostgresBackend);
  queue.on('error', () => undefined); // the call below rejects with it
  try {
    await within(60_000, "the queue's schema was not ready", queue.waitUntilReady());
  } finally {
    await queue.close();
  }
};

/**
 * A payload of 500 results is stored as it is: it lives for a second, and PostgreSQL's own compression of it costs more
 * than all else that a job costs. Asked first, because the change waits for everybody who uses the table.
 */
const storePlainly = async ({ url, schema }: QueueBackend & { kind: 'postgres' }): Promise<void> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 30_000 });
  await client.connect();
  try {
    const table = `${client.escapeIdentifier(schema)}.job`;
    const { rowCount } = await client.query(
      `SELECT FROM pg_attribute WHERE attrelid = $1::regclass AND attname = 'data' AND attstorage <> 'e'`,
      [table],
    );
    if (rowCount !== 0) await client.query(`ALTER TABLE ${table} ALTER COLUMN data SET STORAGE EXTERNAL`);
  } finally {
    await client.end();
  }
};

/** Everything in the queue's schema, today's and tomorrow's, and nothing outside of it. */
const grants = (schema: string, role: string): readonly string[] => [
  `GRANT USAGE ON SCHEMA ${schema} TO ${role}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role}`,
  `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role}`,
  `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${role}`,
  `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role}`,
  `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO ${role}`,
  `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`,
];

const grantProbe = async (url: string, schemaName: string, { name, password }: ProbeRole): Promise<void> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 30_000 });
  await client.connect();
  try {
    const role = client.escapeIdentifier(name);
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [lockKey]);
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
    // The limits only when it is made: an owner who isn't a superuser may not even repeat them for a role that is there.
    const limits = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';
    const verb = rowCount === 0 ? `CREATE ROLE ${role} ${limits}` : `ALTER ROLE ${role}`;
    await client.query(`${verb} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
    for (const grant of grants(client.escapeIdentifier(schemaName), role)) await client.query(grant);
    await client.query('COMMIT');
  } finally {
    await client.end(); // rolls back what was not committed
  }
};

/**
 * Makes a queue ready for use: on PostgreSQL, creates or upgrades its schema as the owner, and lets `probeRole` (made
 * when absent) use that schema and nothing else. On Redis there is nothing to prepare. Safe to call many times and
 * from many processes. Rejects with the database's own words.
 */
export const prepareQueue = async (
  backend: QueueBackend,
  { probeRole }: Readonly<{ probeRole?: ProbeRole }> = {},
): Promise<void> => {
  if (backend.kind === 'redis') return;
  await migrateSchema(backend);
  await storePlainly(backend);
  if (probeRole !== undefined) await grantProbe(backend.url, backend.schema, probeRole);
};
