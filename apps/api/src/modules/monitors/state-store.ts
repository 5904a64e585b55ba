import { type MonitorState, nextTickAt, type Policy, statusOf } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { type PolicyRow, policyColumns, policyOfRow, type StoredState, stateOf } from './stored-state.ts';

/** What the judgement needs of a monitor that is not paused. */
export type Watched = Readonly<{
  monitorId: string;
  organisationId: string;
  policy: Policy;
  status: 'pending' | 'up' | 'degraded' | 'down' | 'unknown' | 'flapping';
}>;

type WatchedRow = PolicyRow & { id: string; organisationId: string; status: Watched['status'] };
const selectWatched = `SELECT m.id, m.organisation_id AS "organisationId", ${policyColumns}, s.status`;
const watched = (row: WatchedRow): Watched => ({
  monitorId: row.id,
  organisationId: row.organisationId,
  status: row.status,
  policy: policyOfRow(row),
});

/** What the results of a batch say of one monitor's certificate, epoch ms. */
export type EndsSeen = Readonly<{ earliest: number; latest: number }>;

export type CertificateKept = Readonly<{
  /** When the certificate ends, as far as is known; epoch ms. */
  ends: number | null;
  /** Since when looks have seen a later one. */
  laterSince: number | null;
  /** A later one took its place: what was told of the old one does not count for it. */
  renewed: boolean;
  intervalMs: number;
}>;
export type CertificateChange = Readonly<{ monitorId: string; was: CertificateKept; becomes: CertificateKept }>;

/** Of a batch's monitors those that are not simply all well: most are, and cost no row here. */
export type Exceptions = Readonly<{
  /** Deleted or paused: nobody waits for their results. */
  gone: ReadonlySet<string>;
  /** Something is going on, or a look came late: any of their results may change their state. */
  restless: ReadonlySet<string>;
  /** Their certificate was seen to end at another moment than is kept, or a doubt about it is open. */
  certificates: ReadonlyMap<string, CertificateKept>;
}>;

type ExceptionRow = {
  id: string;
  interval_ms: number;
  watched: boolean;
  restless: boolean;
  differs: boolean;
  certificate_ends: Date | null;
  certificate_later_since: Date | null;
};
const kept = (row: ExceptionRow): CertificateKept => ({
  ends: row.certificate_ends?.getTime() ?? null,
  laterSince: row.certificate_later_since?.getTime() ?? null,
  renewed: false,
  intervalMs: row.interval_ms,
});
/** As PostgreSQL's array literal, which costs less than what pg makes of an array; what it lacks at its end is null. */
const endsOf = (ids: readonly string[], seen: ReadonlyMap<string, EndsSeen>, which: keyof EndsSeen): string =>
  seen.size === 0 ? '{}' : `{${ids.map((id) => seen.get(id)?.[which] ?? 'NULL').join()}}`;
const idsOf = (rows: readonly ExceptionRow[]): ReadonlySet<string> => new Set(rows.map(({ id }) => id));

/** `oldest`: when the first of each monitor's looks ended, epoch ms. */
export const findExceptions = async (
  tx: Sql,
  oldest: ReadonlyMap<string, number>,
  seen: ReadonlyMap<string, EndsSeen>,
): Promise<Exceptions> => {
  const ids = [...oldest.keys()];
  const { rows } = await tx.query<ExceptionRow>(
    `SELECT * FROM (
       SELECT k.id, m.id IS NOT NULL AND m.paused_at IS NULL AS watched,
         s.settled IS NOT TRUE OR to_timestamp(k.oldest / 1000) <= s.judged_until AS restless,
         k.earliest IS NOT NULL AND (to_timestamp(k.earliest / 1000) IS DISTINCT FROM m.certificate_ends
           OR to_timestamp(k.latest / 1000) <> m.certificate_ends OR m.certificate_later_since IS NOT NULL) AS differs,
         m.interval_ms, m.certificate_ends, m.certificate_later_since
       FROM unnest($1::uuid[], $2::float8[], $3::float8[], $4::float8[]) AS k (id, earliest, latest, oldest)
       LEFT JOIN monitor m ON m.id = k.id LEFT JOIN monitor_state s ON s.monitor_id = k.id) AS e
     WHERE NOT watched OR restless OR differs`,
    [ids, endsOf(ids, seen, 'earliest'), endsOf(ids, seen, 'latest'), `{${[...oldest.values()].join()}}`],
  );
  const watched = rows.filter((row) => row.watched);
  return {
    gone: idsOf(rows.filter((row) => !row.watched)),
    restless: idsOf(watched.filter(({ restless }) => restless)),
    certificates: new Map(watched.filter(({ differs }) => differs).map((row) => [row.id, kept(row)])),
  };
};

/**
 * Keeps what was learnt of certificates. Waits for nobody: a monitor that another worker or its owner is changing, or
 * has changed meanwhile, is left as it is; the next look says the same again. No change of the monitor in the eyes of
 * its owner and the probes, so `updated_at` stays.
 */
export const saveCertificates = async (
  tx: Sql,
  changes: readonly CertificateChange[],
): Promise<ReadonlySet<string>> => {
  if (changes.length === 0) return new Set();
  const { rows } = await tx.query<{ id: string }>(
    `WITH free AS (
       SELECT m.id, k.ends, k.later_since, k.renewed
       FROM unnest($1::uuid[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::boolean[])
         AS k (id, was_ends, was_later_since, ends, later_since, renewed)
       JOIN monitor m ON m.id = k.id
         AND m.certificate_ends IS NOT DISTINCT FROM to_timestamp(k.was_ends / 1000)
         AND m.certificate_later_since IS NOT DISTINCT FROM to_timestamp(k.was_later_since / 1000)
       FOR NO KEY UPDATE OF m SKIP LOCKED)
     UPDATE monitor m SET certificate_ends = to_timestamp(free.ends / 1000),
       certificate_later_since = to_timestamp(free.later_since / 1000),
       certificate_told = CASE WHEN free.renewed THEN '{}' ELSE m.certificate_told END
     FROM free WHERE m.id = free.id RETURNING m.id`,
    [
      changes.map(({ monitorId }) => monitorId),
      changes.map(({ was }) => was.ends),
      changes.map(({ was }) => was.laterSince),
      changes.map(({ becomes }) => becomes.ends),
      changes.map(({ becomes }) => becomes.laterSince),
      changes.map(({ becomes }) => becomes.renewed),
    ],
  );
  return new Set(rows.map(({ id }) => id));
};

/** The organisations of these monitors. */
export const organisationsOf = async (sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql.query<Pick<WatchedRow, 'id' | 'organisationId'>>(
    'SELECT id, organisation_id AS "organisationId" FROM monitor WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, organisationId }) => [id, organisationId]));
};

type StateRow = WatchedRow & { state: StoredState };
export type Locked = Readonly<{ watched: Watched; state: MonitorState }>;
const locked = (row: StateRow): Locked => ({ watched: watched(row), state: stateOf(row.state) });

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

/**
 * Locks one monitor of which something is to be decided though no look came, and that no other worker holds. Of an
 * unknown one nothing is: its next look brings all of it.
 */
export const lockOverdue = async (tx: Sql, now: number, except: readonly string[] = []): Promise<Locked | null> => {
  const { rows } = await tx.query<StateRow>(
    `${selectWatched}, s.state FROM monitor_state s JOIN monitor m ON m.id = s.monitor_id
     WHERE s.deadline_at <= to_timestamp($1::float8 / 1000) AND m.paused_at IS NULL AND s.status <> 'unknown'
       AND NOT s.monitor_id = ANY($2::uuid[])
     ORDER BY s.deadline_at LIMIT 1 FOR UPDATE OF s SKIP LOCKED`,
    [now, except],
  );
  return rows[0] === undefined ? null : locked(rows[0]);
};

/** Answers that ended in time may reach the log so much later. */
export const transportMs = 500;

/** `since` is the moment of the change, used only where the status word changes. */
export type NextState = Readonly<{ monitorId: string; state: MonitorState; settled: boolean; since: number }>;

/** Stores monitors' next states in one statement. */
export const saveStates = async (tx: Sql, next: readonly NextState[]): Promise<void> => {
  const ticks = next.map(({ state }) => nextTickAt(state));
  await tx.query(
    `UPDATE monitor_state s SET state = k.state, settled = k.settled, judged_until = to_timestamp(k.until / 1000),
       deadline_at = to_timestamp(k.deadline / 1000),
       status_since = CASE WHEN s.status = k.status THEN s.status_since ELSE to_timestamp(k.since / 1000) END,
       status = k.status
     FROM unnest($1::uuid[], $2::jsonb[], $3::boolean[], $4::float8[], $5::monitor_status[], $6::float8[], $7::float8[])
       AS k (id, state, settled, deadline, status, since, until)
     WHERE s.monitor_id = k.id`,
    [
      next.map(({ monitorId }) => monitorId),
      next.map(({ state }) => JSON.stringify(state)),
      next.map(({ settled }) => settled),
      ticks.map((at) => (Number.isFinite(at) ? at + transportMs : null)),
      next.map(({ state }) => statusOf(state)),
      next.map(({ since }) => since),
      next.map(({ state }) => state.until),
    ],
  );
};
