import type { Sql } from '../../db.ts';

/** What a monitor can be to another one that names it as its parent. */
export type ParentVerdict = 'good' | 'unknown' | 'circle';

type Owned = Readonly<{ organisationId: string; id: string }>;

/** What the parents that a monitor is to have are to it now: of its organisation, and none of them depends on it. */
export const parentVerdicts = async (
  sql: Sql,
  { organisationId, id }: Owned,
  parents: readonly string[],
): Promise<ReadonlyMap<string, ParentVerdict>> => {
  if (parents.length === 0) return new Map();
  const { rows } = await sql.query<{ id: string; circle: boolean }>(
    `WITH RECURSIVE below (id) AS (
       SELECT $3::uuid
       UNION SELECT p.monitor_id FROM below JOIN monitor_parent p ON p.parent_id = below.id)
     SELECT m.id, m.id IN (SELECT below.id FROM below) AS circle
     FROM monitor m WHERE m.organisation_id = $1 AND m.id = ANY($2::uuid[])`,
    [organisationId, parents, id],
  );
  return new Map(rows.map((row) => [row.id, row.circle ? 'circle' : 'good']));
};

/** The same for a write: whoever sets parents in one organisation waits for each other, so that two can't close a circle together. */
export const judgeParents = async (
  tx: Sql,
  owned: Owned,
  parents: readonly string[],
): Promise<ReadonlyMap<string, ParentVerdict>> => {
  if (parents.length === 0) return new Map();
  await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [owned.organisationId]);
  return parentVerdicts(tx, owned, parents);
};
