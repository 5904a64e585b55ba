import type { Db, Sql } from './db.ts';
import { problem } from './plugins/problems.ts';

const cancelled = '57014'; // PostgreSQL's query_canceled: statement_timeout struck

class OutOfTime extends Error {}

const isTooSlow = (error: unknown): boolean =>
  error instanceof OutOfTime || (error instanceof Error && 'code' in error && error.code === cancelled);

/** Throws once the time that a read has is over; called between the steps of one that takes many. */
export type StillTime = () => void;

/**
 * Reads that may be long (years of looks, a filter that finds nothing) get a limit of their own, far below the pool's:
 * they share its few connections with everybody else. Throws 503 `query-too-slow` when it strikes: by itself in a
 * statement, by `stillTime` between them.
 */
export const boundedRead =
  (db: Pick<Db, 'transaction'>, timeoutMs: number) =>
  <T>(read: (tx: Sql, stillTime: StillTime) => Promise<T>): Promise<T> =>
    readThenReckon(
      db,
      timeoutMs,
    )(async (tx, stillTime) => {
      const answer = await read(tx, stillTime);
      return async () => answer;
    });

/** The same, and what is made of the answer within the same limit, once the connection is given back. */
export const readThenReckon =
  (db: Pick<Db, 'transaction'>, timeoutMs: number) =>
  async <T>(read: (tx: Sql, stillTime: StillTime) => Promise<() => Promise<T>>): Promise<T> => {
    const end = performance.now() + timeoutMs;
    const stillTime = (): void => {
      if (performance.now() > end) throw new OutOfTime('a bounded read is out of time');
    };
    try {
      const reckon = await db.transaction(async (tx) => {
        await tx.query(`SET LOCAL statement_timeout = ${Math.ceil(timeoutMs)}`);
        return read(tx, stillTime);
      });
      return await reckon();
    } catch (error) {
      if (!isTooSlow(error)) throw error;
      throw problem(503, 'query-too-slow', 'This took too long. Ask for a shorter range, or later.', undefined, {
        'retry-after': '30',
      });
    }
  };
