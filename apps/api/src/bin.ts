import type { Sql } from './db.ts';

// Where deleted rows are until they are brought back or forgotten. They leave their table, so whatever asks for them
// finds them no more, wherever it asks.

/** So long a deleted row can be brought back. */
export const binHours = 24;
type Table = 'maintenance_window' | 'on_call_schedule' | 'escalation_policy' | 'channel';
type Owned = Readonly<{ organisationId: string; id: string }>;

/** Deletes a row of an organisation and keeps it; `namedBy`: what the deletion cuts off from it. False: there is none. */
export const throwAway = async (
  tx: Sql,
  table: Table,
  { organisationId, id }: Owned,
  namedBy: readonly string[] = [],
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `WITH gone AS (DELETE FROM ${table} AS r WHERE r.organisation_id = $1 AND r.id = $2 RETURNING r.*)
     INSERT INTO deleted_row (id, organisation_id, table_name, row, named_by, deleted_at)
     SELECT gone.id, gone.organisation_id, $3, to_jsonb(gone), $4::uuid[], now() FROM gone
     ON CONFLICT (id) DO UPDATE SET row = excluded.row, named_by = excluded.named_by, deleted_at = excluded.deleted_at`,
    [organisationId, id, table, namedBy],
  );
  return rowCount === 1;
};

type Kept = Readonly<{ row: Readonly<Record<string, unknown>>; namedBy: readonly string[] }>;

/** Takes it out, to be looked at and put back; gone from there, so that twice is once. */
export const takeOut = async (tx: Sql, table: Table, { organisationId, id }: Owned): Promise<Kept | null> => {
  const { rows } = await tx.query<Kept>(
    `DELETE FROM deleted_row WHERE organisation_id = $1 AND id = $2 AND table_name = $3
       AND deleted_at > now() - make_interval(hours => $4) RETURNING row, named_by AS "namedBy"`,
    [organisationId, id, table, binHours],
  );
  return rows[0] ?? null;
};

/** As it was, but for a later version. Columns that came after its deletion get their defaults. False: at the limit. */
export const putBack = async (
  tx: Sql,
  table: Table,
  organisationId: string,
  row: Kept['row'],
  limit: number,
): Promise<boolean> => {
  const columns = Object.keys(row).map((name) => `"${name}"`); // to_jsonb named them
  const { rowCount } = await tx.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.map((name) => `r.${name}`).join(', ')} FROM jsonb_populate_record(NULL::${table}, $1) AS r
     WHERE (SELECT count(*) FROM ${table} WHERE organisation_id = $2) < $3`,
    [JSON.stringify({ ...row, updated_at: new Date().toISOString() }), organisationId, limit],
  );
  return rowCount === 1;
};
