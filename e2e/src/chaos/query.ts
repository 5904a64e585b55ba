import { Pool, type QueryResultRow } from 'pg';

/** One statement on the database; rejects while it is away. */
export type Query = <R extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly R[]>;

/** Onlookers' connections, found again after a crash of the database. */
export const openQuery = (databaseUrl: string): AsyncDisposable & Readonly<{ query: Query }> => {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 2,
    connectionTimeoutMillis: 2_000,
    query_timeout: 10_000,
  });
  pool.on('error', () => undefined); // it was killed; the next statement connects again
  return {
    query: async <R extends QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<R>(text, [...values])).rows,
    [Symbol.asyncDispose]: () => pool.end(),
  };
};
