import { PrismaClient } from '@farwatch/prisma/client';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type QueryResultRow } from 'pg';

/** Something that runs SQL: the pool, or one connection inside a transaction. Stores take it first. */
export type Sql = Readonly<{
  query: <R extends QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<{ rows: R[]; rowCount: number | null }>;
}>;

/** The catalogue goes through Prisma, the log and the judgement through SQL; both share one pool. */
export type Db = Readonly<{
  prisma: PrismaClient;
  sql: Sql;
  /** Commits when `work` resolves, rolls back and rethrows when it throws. */
  transaction: <T>(work: (tx: Sql) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}>;

export type DbOptions = Readonly<{ databaseUrl: string; maxConnections: number; onError: (error: Error) => void }>;

export const openDb = ({ databaseUrl, maxConnections, onError }: DbOptions): Db => {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
  });
  pool.on('error', onError); // an idle connection that broke; the next query opens another
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 10_000, timeout: 30_000 }, // a sign-up hashes a password in one, perhaps after others
  });
  const over = (runner: Pick<Pool, 'query'>): Sql => ({
    query: (text, values) => runner.query(text, values === undefined ? undefined : [...values]),
  });
  return {
    prisma,
    sql: over(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        const result = await work(over(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((e: Error) => {
          broken = e;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
};
