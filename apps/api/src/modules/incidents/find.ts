import type { Sql } from '../../db.ts';
import { type IncidentRow, incidentColumns } from './view.ts';

/** One incident of any organisation, for the worker's own use; null when it is gone. */
export const findIncident = async (tx: Sql, id: string): Promise<IncidentRow | null> => {
  const { rows } = await tx.query<IncidentRow>(
    `SELECT ${incidentColumns} FROM incident i JOIN monitor m ON m.id = i.monitor_id WHERE i.id = $1`,
    [id],
  );
  return rows[0] ?? null;
};

/** Several at once, by their ids; those that are gone are left out. */
export const findIncidents = async (tx: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, IncidentRow>> => {
  const { rows } = await tx.query<IncidentRow>(
    `SELECT ${incidentColumns} FROM incident i JOIN monitor m ON m.id = i.monitor_id WHERE i.id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
};
