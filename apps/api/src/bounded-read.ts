import type { Db, Sql } from './db.ts';
import { problem } from './plugins/problems.ts';

const cancelled = '57014'; // PostgreSQL's query_canceled: statement_timeout struck

const isCancelled = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === cancelled;

/**
 * Reads that may be long (years of looks, a filter that finds nothing) get a limit of their own per statement, far below
 * the pool's: they share its few connections with everybody else. Throws 503 `query-too-slow` when it strikes.
 */
export const boundedRead =
  (db: Pick<Db, 'transaction'>, timeoutMs: number) =>
  async <T>(read: (tx: Sql) => Promise<T>): Promise<T> => {
    try {
      return await db.transaction(async (tx) => {
        await tx.query(`SET LOCAL statement_timeout = ${Math.ceil(timeoutMs)}`);
        return read(tx);
      });
    } catch (error) {
      if (!isCancelled(error)) throw error;
      throw problem(503, 'query-too-slow', 'This took too long. Ask for a shorter range, or later.', undefined, {
        'retry-after': '30',
      });
    }
  };
