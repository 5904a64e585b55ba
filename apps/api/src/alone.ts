import type { Db } from './db.ts';

/**
 * Does `work` unless another process is at the same (`key`) right now. Held by a transaction of its own, so that a killed
 * process lets go; what `work` writes is its own affair. Null = another is at it.
 */
export const alone = <T>(db: Pick<Db, 'transaction'>, key: number, work: () => Promise<T>): Promise<T | null> =>
  db.transaction(async (tx) => {
    const { rows } = await tx.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [key]);
    return rows[0]?.mine === true ? work() : null;
  });
