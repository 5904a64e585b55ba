import type { PastAncestor } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

/** More levels than this are none that anybody has drawn. */
const deepest = 20;
/** More than these of all parents are none that a replay could tell apart. */
const mostStretches = 20_000;

type LinkRow = Readonly<{ monitorId: string; parentId: string; timeoutMs: number }>;
type Lasting = Readonly<{ id: string; monitorId: string; from: Date; until: Date | null }>;

const linksOf = async (sql: Sql, organisationId: string): Promise<readonly LinkRow[]> => {
  const { rows } = await sql.query<LinkRow>(
    `SELECT l.monitor_id AS "monitorId", l.parent_id AS "parentId", p.timeout_ms AS "timeoutMs"
     FROM monitor_parent l JOIN monitor p ON p.id = l.parent_id
     WHERE p.organisation_id = $1 AND p.deleted_at IS NULL`,
    [organisationId],
  );
  return rows;
};

/** When these monitors were down since a moment, and when a region saw them fail. */
const stretchesOf = async (sql: Sql, monitorIds: readonly string[], since: number) => {
  const asked = [monitorIds, since, mostStretches];
  const { rows: incidents } = await sql.query<Lasting>(
    `SELECT id, monitor_id AS "monitorId", coalesce(told_at, opened_at) AS "from",
       coalesce(end_told_at, resolved_at) AS "until"
     FROM incident WHERE monitor_id = ANY($1::uuid[]) AND (resolved_at IS NULL OR resolved_at >= to_timestamp($2::float8 / 1000))
     ORDER BY started_at DESC LIMIT $3`,
    asked,
  );
  const { rows: failing } = await sql.query<Lasting>(
    `SELECT '' AS id, monitor_id AS "monitorId", started_at AS "from", ended_at AS "until"
     FROM span WHERE monitor_id = ANY($1::uuid[]) AND (ended_at IS NULL OR ended_at >= to_timestamp($2::float8 / 1000))
     ORDER BY started_at DESC LIMIT $3`,
    asked,
  );
  const by = (rows: readonly Lasting[]) =>
    Map.groupBy(
      rows.map(({ from, until, ...row }) => ({ ...row, from: from.getTime(), until: until?.getTime() ?? null })),
      ({ monitorId }) => monitorId,
    );
  return { incidents: by(incidents), failing: by(failing) };
};

/** How far above a monitor its ancestors are, by their id. */
const depthsOf = (monitorId: string, parents: ReadonlyMap<string, readonly LinkRow[]>): ReadonlyMap<string, number> => {
  const depths = new Map<string, number>();
  let level: readonly string[] = [monitorId];
  for (let depth = 1; depth <= deepest && level.length > 0; depth++) {
    // Each once: many may lead to one, and as many ways to the one above it.
    const above = new Set(level.flatMap((id) => (parents.get(id) ?? []).map(({ parentId }) => parentId)));
    level = [...above].filter((id) => !depths.has(id));
    for (const id of level) depths.set(id, depth);
  }
  return depths;
};

/** What is above each monitor of an organisation that has something above it, as it was since a moment (epoch ms). */
export const readAncestors = async (
  sql: Sql,
  organisationId: string,
  since: number,
): Promise<ReadonlyMap<string, readonly PastAncestor[]>> => {
  const links = await linksOf(sql, organisationId);
  if (links.length === 0) return new Map();
  const timeouts = new Map(links.map(({ parentId, timeoutMs }) => [parentId, timeoutMs]));
  const { incidents, failing } = await stretchesOf(sql, [...timeouts.keys()], since);
  const parents = Map.groupBy(links, ({ monitorId }) => monitorId);
  const above = (id: string): readonly PastAncestor[] =>
    [...depthsOf(id, parents)].map(([monitorId, depth]) => ({
      ...{ monitorId, depth, timeoutMs: timeouts.get(monitorId) ?? 0 },
      ...{ incidents: incidents.get(monitorId) ?? [], failing: failing.get(monitorId) ?? [] },
    }));
  return new Map([...parents.keys()].map((id) => [id, above(id)]));
};
