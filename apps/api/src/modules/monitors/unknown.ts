import type { Db, Sql } from '../../db.ts';
import type { EventStore } from '../events/store.ts';
import { recordChange } from './change-store.ts';
import { isInMaintenance } from './in-maintenance.ts';

export type UnknownDeps = Readonly<{ db: Pick<Db, 'sql' | 'transaction'>; events: Pick<EventStore, 'record'> }>;

const portion = 200;

/** The rule by which an outage ends (`endOutages`), of a `monitor` called `m`: one of its regions is there again. */
const isBack = `EXISTS (
  SELECT 1 FROM region r JOIN region_outage o ON o.region = r.id AND o.ended_at IS NULL
  WHERE r.id = ANY(m.regions) AND r.last_seen_at > o.started_at)`;

/** Watched monitors that only these regions look at, and that are not unknown yet. */
const unwatched = async (sql: Sql, dark: readonly string[]): Promise<readonly string[]> => {
  const { rows } = await sql.query<{ id: string }>(
    `SELECT m.id FROM monitor m JOIN monitor_state s ON s.monitor_id = m.id
     WHERE m.paused_at IS NULL AND m.regions <@ $1::text[] AND cardinality(m.regions) > 0 AND s.status <> 'unknown'
       AND NOT ${isBack}
     ORDER BY m.id LIMIT ${portion}`,
    [dark],
  );
  return rows.map(({ id }) => id);
};

type Changed = { id: string; organisationId: string; since: Date };
/**
 * The status alone: an open incident stays open, and what is known of the regions stays known. Who is dark is asked once
 * more where it is written: a region that came back since has a look under way, or judged, which knows better.
 */
const mark = async ({ events }: UnknownDeps, tx: Sql, ids: readonly string[], dark: readonly string[]) => {
  await tx.query('SELECT 1 FROM monitor_state WHERE monitor_id = ANY($1::uuid[]) ORDER BY monitor_id FOR UPDATE', [
    ids,
  ]);
  const { rows } = await tx.query<Changed>(
    `UPDATE monitor_state s SET status = 'unknown', settled = false,
       status_since = greatest(s.status_since, (
         SELECT max(o.started_at) FROM region_outage o WHERE o.ended_at IS NULL AND o.region = ANY(m.regions)))
     FROM monitor m
     WHERE m.id = s.monitor_id AND s.monitor_id = ANY($1::uuid[]) AND m.paused_at IS NULL AND m.regions <@ $2::text[]
       AND s.status <> 'unknown' AND NOT ${isBack}
     RETURNING m.id, m.organisation_id AS "organisationId", s.status_since AS since`,
    [ids, dark],
  );
  for (const { id: monitorId, organisationId, since } of rows) {
    await recordChange(tx, monitorId, { kind: 'unknown', at: since.getTime(), status: 'unknown' });
    if (await isInMaintenance(tx, monitorId)) continue;
    const data = { monitorId, status: 'unknown', statusSince: since.toISOString() } as const;
    await events.record(tx, { organisationId, monitorId, type: 'monitor.status-changed', data });
  }
};

/**
 * Nobody looks at these monitors any more: they are neither up nor down. Not settled, so that the next vote is folded,
 * whatever it says, and gives the monitor its word back.
 */
export const markUnknown = async (deps: UnknownDeps, dark: readonly string[]): Promise<void> => {
  for (;;) {
    const ids = await unwatched(deps.db.sql, dark);
    if (ids.length === 0) return;
    await deps.db.transaction((tx) => mark(deps, tx, ids, dark));
    if (ids.length < portion) return;
  }
};
