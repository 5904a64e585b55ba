import type { Sql } from '../../db.ts';

/** SQL: the planned work that runs for a monitor called `m`, as `x`. */
export const runningStretch = `maintenance_stretch x WHERE x.monitor_id = m.id AND x.ended_at IS NULL AND x.until > now()`;

/** Whether planned work is what is shown of a monitor now, whatever its checks say. */
export const isInMaintenance = async (sql: Sql, monitorId: string): Promise<boolean> => {
  const { rowCount } = await sql.query(
    `SELECT 1 FROM (SELECT $1::uuid AS id) AS m WHERE EXISTS (SELECT 1 FROM ${runningStretch})`,
    [monitorId],
  );
  return rowCount === 1;
};
