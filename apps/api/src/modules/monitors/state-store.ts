import { defaultStreaks, type MonitorState, type Policy, statusOf } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

/** What the judgement needs of a monitor that is not paused. */
export type Watched = Readonly<{
  monitorId: string;
  organisationId: string;
  policy: Policy;
  status: 'pending' | 'up' | 'degraded' | 'down' | 'unknown';
}>;

type WatchedRow = {
  id: string;
  organisation_id: string;
  regions: string[];
  interval_ms: number;
  timeout_ms: number;
  status: Watched['status'];
};
const selectWatched = `SELECT m.id, m.organisation_id, m.regions, m.interval_ms, m.timeout_ms, s.status`;
const watched = (row: WatchedRow): Watched => ({
  monitorId: row.id,
  organisationId: row.organisation_id,
  status: row.status,
  policy: { ...defaultStreaks, regions: row.regions, intervalMs: row.interval_ms, timeoutMs: row.timeout_ms },
});

/** Of a batch's monitors those that are not simply all well: most are, and cost no row here. */
export type Exceptions = Readonly<{
  /** Deleted or paused: nobody waits for their results. */
  gone: ReadonlySet<string>;
  /** Something is going on: any of their results may change their state. */
  restless: ReadonlySet<string>;
}>;

export const findExceptions = async (tx: Sql, ids: readonly string[]): Promise<Exceptions> => {
  const { rows } = await tx.query<{ id: string; watched: boolean }>(
    `SELECT k.id, m.id IS NOT NULL AND m.paused_at IS NULL AS watched
     FROM unnest($1::uuid[]) AS k (id) LEFT JOIN monitor m ON m.id = k.id LEFT JOIN monitor_state s ON s.monitor_id = k.id
     WHERE m.id IS NULL OR m.paused_at IS NOT NULL OR s.settled IS NOT TRUE`,
    [ids],
  );
  const { gone = [], restless = [] } = Object.groupBy(rows, ({ watched }) => (watched ? 'restless' : 'gone'));
  return { gone: new Set(gone.map(({ id }) => id)), restless: new Set(restless.map(({ id }) => id)) };
};

/** The organisations of these monitors. */
export const organisationsOf = async (sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql.query<Pick<WatchedRow, 'id' | 'organisation_id'>>(
    'SELECT id, organisation_id FROM monitor WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, organisation_id: organisationId }) => [id, organisationId]));
};

type StateRow = WatchedRow & { state: MonitorState };
export type Locked = Readonly<{ watched: Watched; state: MonitorState }>;
// Written by `save` alone, from a MonitorState; JSON has no other writer but the reset in monitors/store.ts.
const locked = (row: StateRow): Locked => ({ watched: watched(row), state: row.state });

/**
 * Locks these monitors' states until the transaction ends, in one order for every worker; those gone or paused are
 * left out. All locks are taken before anything is told: the events' own lock comes last, or two workers could cross.
 */
export const lockStates = async (tx: Sql, monitorIds: readonly string[]): Promise<readonly Locked[]> => {
  if (monitorIds.length === 0) return [];
  // Read only after the wait: a statement that waited for a lock goes on with the other table's rows of before it, and
  // would judge a monitor that was paused or changed meanwhile.
  await tx.query('SELECT 1 FROM monitor_state WHERE monitor_id = ANY($1::uuid[]) ORDER BY monitor_id FOR UPDATE', [
    monitorIds,
  ]);
  const { rows } = await tx.query<StateRow>(
    `${selectWatched}, s.state FROM monitor_state s JOIN monitor m ON m.id = s.monitor_id
     WHERE s.monitor_id = ANY($1::uuid[]) AND m.paused_at IS NULL ORDER BY s.monitor_id`,
    [monitorIds],
  );
  return rows.map(locked);
};

/** Locks one monitor whose confirmation has run out and that no other worker holds. */
export const lockOverdue = async (tx: Sql, now: number): Promise<Locked | null> => {
  const { rows } = await tx.query<StateRow>(
    `${selectWatched}, s.state FROM monitor_state s JOIN monitor m ON m.id = s.monitor_id
     WHERE s.deadline_at <= to_timestamp($1::float8 / 1000) AND m.paused_at IS NULL
     ORDER BY s.deadline_at LIMIT 1 FOR UPDATE OF s SKIP LOCKED`,
    [now],
  );
  return rows[0] === undefined ? null : locked(rows[0]);
};

/** Stores the next state. `since` is the moment of the change, used only where the status word changes. */
export const saveState = async (
  tx: Sql,
  { monitorId }: Watched,
  next: { state: MonitorState; settled: boolean; since: number },
): Promise<void> => {
  await tx.query(
    `UPDATE monitor_state SET state = $2, settled = $3,
       deadline_at = to_timestamp($4::float8 / 1000),
       status_since = CASE WHEN status = $5::monitor_status THEN status_since ELSE to_timestamp($6::float8 / 1000) END,
       status = $5::monitor_status
     WHERE monitor_id = $1`,
    [
      monitorId,
      JSON.stringify(next.state),
      next.settled,
      next.state.confirmation?.deadlineAt ?? null,
      statusOf(next.state),
      next.since,
    ],
  );
};
