import type { Sql } from '../../db.ts';

/**
 * Notes that a batch enters the log with this transaction. False when it is there already. Call it first: one that comes
 * twice at a time then waits here, where it holds nothing, for the other's end.
 */
export const noteBatch = async (tx: Sql, batchId: string): Promise<boolean> => {
  const { rowCount } = await tx.query('INSERT INTO stored_batch (batch_id) VALUES ($1) ON CONFLICT DO NOTHING', [
    batchId,
  ]);
  return rowCount === 1;
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
