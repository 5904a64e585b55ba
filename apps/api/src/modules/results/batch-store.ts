import type { Sql } from '../../db.ts';

/**
 * SQL: notes that a batch ($1, null = none) enters the log with this transaction, and answers a row when it was not there
 * before. One that comes twice at a time waits here for the other's end.
 */
export const noteSql = `INSERT INTO stored_batch (batch_id) SELECT $1::uuid WHERE $1::uuid IS NOT NULL
  ON CONFLICT DO NOTHING RETURNING 1`;

/** Notes a batch of which nothing enters the log. */
export const noteBatch = async (tx: Sql, batchId: string): Promise<void> => {
  await tx.query(noteSql, [batchId]);
};

/** Which of these batches are in the log. */
export const storedBatches = async (sql: Sql, batchIds: readonly string[]): Promise<string[]> => {
  if (batchIds.length === 0) return [];
  const { rows } = await sql.query<{ id: string }>(
    'SELECT batch_id AS id FROM stored_batch WHERE batch_id = ANY($1::uuid[])',
    [batchIds],
  );
  return rows.map(({ id }) => id);
};
