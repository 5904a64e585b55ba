import type { LogReading } from '@farwatch/diagnosis';
import type { Sql } from '../../db.ts';
import { storableJson } from '../../storable-json.ts';

/** An `incident_log` row. */
export type LogRow = Readonly<{
  id: string;
  incidentId: string;
  name: string;
  bytes: number;
  reading: LogReading;
  accountId: string | null;
  author: string;
  at: Date;
}>;

/** What was read in the logs that people handed in. */
export const logStore = () => ({
  insert: async (tx: Sql, row: LogRow): Promise<void> => {
    await tx.query(
      `INSERT INTO incident_log (id, incident_id, name, bytes, reading, account_id, author, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [...[row.id, row.incidentId, row.name, row.bytes, storableJson(row.reading), row.accountId, row.author], row.at],
    );
  },

  /** Newest first. */
  list: async (sql: Sql, incidentId: string): Promise<readonly LogRow[]> => {
    const { rows } = await sql.query<LogRow>(
      `SELECT id, incident_id AS "incidentId", name, bytes, reading, account_id AS "accountId", author, at
       FROM incident_log WHERE incident_id = $1 ORDER BY at DESC, id DESC`,
      [incidentId],
    );
    return rows;
  },

  count: async (sql: Sql, incidentId: string): Promise<number> => {
    const { rows } = await sql.query<{ n: number }>(
      'SELECT count(*)::int4 AS n FROM incident_log WHERE incident_id = $1',
      [incidentId],
    );
    return rows[0]?.n ?? 0;
  },

  remove: async (tx: Sql, incidentId: string, id: string): Promise<boolean> => {
    const { rowCount } = await tx.query('DELETE FROM incident_log WHERE incident_id = $1 AND id = $2', [
      incidentId,
      id,
    ]);
    return rowCount === 1;
  },
});
export type LogStore = ReturnType<typeof logStore>;
