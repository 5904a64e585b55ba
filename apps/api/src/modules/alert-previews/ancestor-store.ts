import type { PastAncestor } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

/** More levels than this are none that anybody has drawn. */
const deepest = 20;
/** More of all parents are not read: what is older is left out, and the answer says so. */
export const mostStretches = 20_000;

/** What is above the monitors, and whether its older stretches had no room. */
export type Ancestors = Readonly<{ above: ReadonlyMap<string, readonly PastAncestor[]>; isCut: boolean }>;
/** One monitor; `parents`: others than it has, null = those. */
export type Child = Readonly<{ monitorId: string; parents: readonly string[] | null }>;

type LinkRow = Readonly<{ monitorId: string; parentId: string; timeoutMs: number }>;
type Lasting = Readonly<{ id: string; monitorId: string; from: Date; until: Date | null }>;

/** The monitor whose own links are left out, for those given stand in their place. */
const changedOf = (only: Child | null): string | null =>
  only === null || only.parents === null ? null : only.monitorId;

const linksOf = async (sql: Sql, organisationId: string, only: Child | null): Promise<readonly LinkRow[]> => {
  const { rows } = await sql.query<LinkRow>(
    `SELECT l.monitor_id AS "monitorId", l.parent_id AS "parentId", p.timeout_ms AS "timeoutMs"
     FROM (SELECT monitor_id, parent_id FROM monitor_parent WHERE monitor_id IS DISTINCT FROM $2::uuid
       UNION SELECT $2, unnest($3::uuid[])) l
     JOIN monitor p ON p.id = l.parent_id
     WHERE p.organisation_id = $1 AND p.deleted_at IS NULL`,
    [organisationId, changedOf(only), only?.parents ?? []],
  );
  return rows;
};

/** When these monitors were down since a moment, and when a region saw them fail; at most `most` of each, the newest. */
const stretchesOf = async (sql: Sql, monitorIds: readonly string[], since: number, most: number) => {
  const asked = [monitorIds, since, most + 1];
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
      rows
        .slice(0, most)
        .map(({ from, until, ...row }) => ({ ...row, from: from.getTime(), until: until?.getTime() ?? null })),
      ({ monitorId }) => monitorId,
    );
  const isCut = incidents.length > most || failing.length > most;
  return { incidents: by(incidents), failing: by(failing), isCut };
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

/**
 * What is above each monitor of an organisation that has something above it, as it was since a moment (epoch ms); `only`:
 * above this one alone, so that nothing else takes the room of what is.
 */
export const readAncestors = async (
  sql: Sql,
  { organisationId, since }: Readonly<{ organisationId: string; since: number }>,
  only: Child | null = null,
  most = mostStretches,
): Promise<Ancestors> => {
  const links = await linksOf(sql, organisationId, only);
  const timeouts = new Map(links.map(({ parentId, timeoutMs }) => [parentId, timeoutMs]));
  const parents = Map.groupBy(links, ({ monitorId }) => monitorId);
  const children = only === null ? [...parents.keys()] : [only.monitorId];
  const depths = new Map(children.map((id) => [id, depthsOf(id, parents)]));
  const read = only === null ? [...timeouts.keys()] : [...(depths.get(only.monitorId)?.keys() ?? [])];
  if (read.length === 0) return { above: new Map(), isCut: false };
  const { incidents, failing, isCut } = await stretchesOf(sql, read, since, most);
  const above = (of: ReadonlyMap<string, number>): readonly PastAncestor[] =>
    [...of].map(([monitorId, depth]) => ({
      ...{ monitorId, depth, timeoutMs: timeouts.get(monitorId) ?? 0 },
      ...{ incidents: incidents.get(monitorId) ?? [], failing: failing.get(monitorId) ?? [] },
    }));
  return { above: new Map([...depths].map(([id, of]) => [id, above(of)])), isCut };
};
