import type { MonitorView } from '@farwatch/contracts';
import { initialState, type MonitorState, reorderMs, statusOf } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { binder, type KeyColumn, keyset, type Position } from '../../keyset.ts';
import { touched } from '../../touched.ts';
import { restartAt } from './checkpoint-store.ts';
import type { Settings } from './settings.ts';
import { type StoredState, stateOf } from './stored-state.ts';
import { type MonitorRow, monitorColumns, shownStatus } from './view.ts';

type Owned = Readonly<{ organisationId: string; id: string }>;
export type MonitorSort = 'createdAt' | '-createdAt' | 'name' | '-name';
export type MonitorFilter = Readonly<{
  organisationId: string;
  statuses: readonly MonitorView['status'][] | null;
  /** Any of them. */
  tags: readonly string[] | null;
  /** Part of a name or URL, in any case. */
  search: string | null;
}>;

const from = 'FROM monitor m JOIN monitor_state s ON s.monitor_id = m.id';
const columnsOf = (sort: MonitorSort): readonly KeyColumn[] => [
  sort.endsWith('name') ? { sql: 'm.name', type: 'text' } : { sql: 'm.created_at', type: 'timestamptz' },
  { sql: 'm.id', type: 'uuid' },
];

const find = async (sql: Sql, { organisationId, id }: Owned): Promise<MonitorRow | null> => {
  const { rows } = await sql.query<MonitorRow>(
    `SELECT ${monitorColumns} ${from} WHERE m.organisation_id = $1 AND m.id = $2`,
    [organisationId, id],
  );
  return rows[0] ?? null;
};

const valuesOf = (s: Settings): readonly unknown[] => [
  s.name,
  s.url,
  s.method,
  s.intervalMs,
  s.timeoutMs,
  s.maxRedirects,
  s.expectedStatuses,
  s.regions,
  s.tags,
  s.policyId,
  s.alertAfterMs,
  String(s.policy.agree),
  s.policy.failuresToOpen,
  s.policy.successesToResolve,
  s.policy.degradedAfter,
  s.policy.graceMs,
  JSON.stringify(s.assertions),
  s.degradedAboveMs,
  JSON.stringify(s.headers),
  s.body,
  s.auth === null ? null : JSON.stringify(s.auth),
  s.authSealed,
  s.verifyTls,
  JSON.stringify(s.connection),
];

const saveParents = async (tx: Sql, id: string, parents: readonly string[]): Promise<void> => {
  await tx.query(
    `WITH gone AS (DELETE FROM monitor_parent l WHERE monitor_id = $1 AND NOT parent_id = ANY($2::uuid[])
       AND NOT EXISTS (SELECT 1 FROM monitor p WHERE p.id = l.parent_id AND p.deleted_at IS NOT NULL))
     INSERT INTO monitor_parent (monitor_id, parent_id) SELECT $1, p FROM unnest($2::uuid[]) AS p ON CONFLICT DO NOTHING`,
    [id, parents],
  );
};

/** Watching begins: looks of before have no vote. Its checkpoint must be old enough for the very next look to be judged. */
const beginningAt = (from: number): MonitorState => ({ ...initialState, from, until: from - reorderMs - 1 });

/** What was learnt of the certificate is not true of another URL ($3). */
const certificateOfUrl = `certificate_ends = CASE WHEN url = $3 THEN certificate_ends END,
  certificate_later_since = CASE WHEN url = $3 THEN certificate_later_since END,
  certificate_told = CASE WHEN url = $3 THEN certificate_told ELSE '{}' END`;

/** Monitors as their organisation sees them. */
export const monitorStore = () => ({
  find,

  /** False when the organisation has `limit` monitors already. Creators of one organisation wait for each other. */
  insert: async (tx: Sql, { organisationId, id }: Owned, settings: Settings, limit: number): Promise<boolean> => {
    await tx.query('SELECT 1 FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [organisationId]);
    const { rowCount } = await tx.query(
      `INSERT INTO monitor (id, organisation_id, name, url, method, interval_ms, timeout_ms, max_redirects,
         expected_statuses, regions, tags, policy_id, alert_after_ms, agree, failures_to_open, successes_to_resolve,
         degraded_after, grace_ms, assertions, degraded_above_ms, headers, body, auth, auth_sealed,
         verify_tls, connection, updated_at)
       SELECT $1, $2, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
         $25, $26, $27, now()
       WHERE (SELECT count(*) FROM monitor WHERE organisation_id = $2) < $3`,
      [id, organisationId, limit, ...valuesOf(settings)],
    );
    if (rowCount !== 1) return false;
    const state = beginningAt(Date.now());
    await tx.query('INSERT INTO monitor_state (monitor_id, status_since, state) VALUES ($1, now(), $2)', [
      id,
      JSON.stringify(state),
    ]);
    await restartAt(tx, id, state);
    await saveParents(tx, id, settings.parents);
    return true;
  },

  /** In the order asked for; up to limit + 1 rows, backwards for a page before a position. */
  list: async (
    sql: Sql,
    filter: MonitorFilter,
    { sort, position, limit }: Readonly<{ sort: MonitorSort; position: Position | null; limit: number }>,
  ): Promise<readonly MonitorRow[]> => {
    const b = binder();
    const order = { columns: columnsOf(sort), descending: sort.startsWith('-') };
    const { where, orderBy } = keyset(order, position, b);
    const conditions = [`m.organisation_id = ${b.bind(filter.organisationId)}`, where];
    if (filter.statuses !== null) {
      conditions.push(`(${shownStatus}) = ANY(${b.bind(filter.statuses)}::text[])`);
    }
    if (filter.tags !== null) conditions.push(`m.tags && ${b.bind(filter.tags)}::text[]`);
    if (filter.search !== null) {
      const sought = `lower(${b.bind(filter.search)}::text)`;
      conditions.push(`(strpos(lower(m.name), ${sought}) > 0 OR strpos(lower(m.url), ${sought}) > 0)`);
    }
    const { rows } = await sql.query<MonitorRow>(
      `SELECT ${monitorColumns} ${from} WHERE ${conditions.join(' AND ')}
       ORDER BY ${orderBy} LIMIT ${b.bind(limit + 1)}`,
      b.values,
    );
    return rows;
  },

  /** The ids of an organisation's monitors and since when each is there: all of them, or those of the wanted that are its. */
  own: async (sql: Sql, organisationId: string, wanted: readonly string[] | null) => {
    const { rows } = await sql.query<{ id: string; createdAt: Date }>(
      `SELECT id, created_at AS "createdAt" FROM monitor
       WHERE organisation_id = $1 AND ($2::uuid[] IS NULL OR id = ANY($2::uuid[])) ORDER BY name, id`,
      [organisationId, wanted],
    );
    return rows;
  },

  /**
   * Holds the monitor's state until the transaction ends, as the worker does, and answers the monitor as it then is.
   * Three statements: one that waits for a lock goes on with the other tables' rows of before the wait. The monitor's own
   * row is held too: what is read of it is written back, and `reseal` writes it without the state.
   */
  lock: async (tx: Sql, { organisationId, id }: Owned): Promise<(MonitorRow & { state: MonitorState }) | null> => {
    await tx.query(`SELECT 1 ${from} WHERE m.organisation_id = $1 AND m.id = $2 FOR UPDATE OF s`, [organisationId, id]);
    await tx.query('SELECT 1 FROM monitor WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE', [
      organisationId,
      id,
    ]);
    const { rows } = await tx.query<MonitorRow & { state: StoredState }>(
      `SELECT ${monitorColumns}, s.state ${from} WHERE m.organisation_id = $1 AND m.id = $2`,
      [organisationId, id],
    );
    const [row] = rows;
    return row === undefined ? null : { ...row, state: stateOf(row.state) };
  },

  update: async (tx: Sql, id: string, settings: Settings): Promise<void> => {
    await tx.query(
      `UPDATE monitor SET name = $2, url = $3, method = $4, interval_ms = $5, timeout_ms = $6, max_redirects = $7,
         expected_statuses = $8, regions = $9, tags = $10, policy_id = $11, alert_after_ms = $12, agree = $13,
         failures_to_open = $14, successes_to_resolve = $15, degraded_after = $16, grace_ms = $17, assertions = $18,
         degraded_above_ms = $19, headers = $20, body = $21, auth = $22, auth_sealed = $23,
         verify_tls = $24, connection = $25, ${certificateOfUrl}, ${touched} WHERE id = $1`,
      [id, ...valuesOf(settings)],
    );
    await saveParents(tx, id, settings.parents);
  },

  setPaused: async (tx: Sql, id: string, pausedAt: Date | null): Promise<void> => {
    await tx.query(`UPDATE monitor SET paused_at = $2, ${touched} WHERE id = $1`, [id, pausedAt]);
  },

  /**
   * Forgets what was learnt of the regions; an incident handed in stays open. Answers the status that follows.
   * `begins`: watching stops or starts here, so the status counts from now on although the word may be the same.
   */
  resetState: async (
    tx: Sql,
    id: string,
    { incident, begins, now }: Readonly<{ incident: MonitorState['incident']; begins: boolean; now: Date }>,
  ): Promise<ReturnType<typeof statusOf>> => {
    const state = { ...beginningAt(now.getTime()), incident };
    const status = statusOf(state);
    await tx.query(
      `UPDATE monitor_state SET state = $2, settled = false, deadline_at = NULL, judged_until = $4,
         status_since = CASE WHEN status = $3::monitor_status AND NOT $5 THEN status_since ELSE $4 END,
         status = $3::monitor_status
       WHERE monitor_id = $1`,
      [id, JSON.stringify(state), status, now, begins],
    );
    await restartAt(tx, id, state);
    return status;
  },

  /** What hangs on it by a foreign key goes with it: state, spans, incidents and their deliveries. */
  remove: async (tx: Sql, id: string): Promise<void> => {
    await tx.query('DELETE FROM monitor WHERE id = $1', [id]);
  },
});
export type MonitorStore = ReturnType<typeof monitorStore>;
