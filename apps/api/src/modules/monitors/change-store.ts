import { type Decision, type JudgedStatus, type PolicyChange, type PolicySettings, policyOf } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

/** What is decided about a monitor by others than the judgement of its looks. */
export type WatchChange = 'paused' | 'resumed' | 'changed' | 'policy' | 'unknown' | 'known';
const watchChanges: readonly WatchChange[] = ['paused', 'resumed', 'changed', 'policy', 'unknown', 'known'];

/** All that a monitor's looks are judged by, as its owner set it. */
export type JudgedBy = PolicySettings & Readonly<{ regions: readonly string[]; intervalMs: number; timeoutMs: number }>;
type Watching = Readonly<{ policy: PolicySettings }> & Omit<JudgedBy, keyof PolicySettings>;
/** Always in this order, so that two can be compared as text. */
export const judgedBy = ({ policy, regions, intervalMs, timeoutMs }: Watching): JudgedBy => {
  const { agree, failuresToOpen, successesToResolve, degradedAfter, graceMs } = policy;
  return { agree, failuresToOpen, successesToResolve, degradedAfter, graceMs, regions, intervalMs, timeoutMs };
};

/** The decisions that a fold came to from a moment of the log on. */
export type LeftDecisions = Readonly<{ monitorId: string; after: number; decisions: readonly Decision[] }>;

/** Replaces the decisions of after each moment with those that are left now. */
export const replaceDecisions = async (tx: Sql, folds: readonly LeftDecisions[]): Promise<void> => {
  await tx.query(
    `DELETE FROM monitor_change c USING unnest($1::uuid[], $2::float8[]) AS k (id, after)
     WHERE c.monitor_id = k.id AND c.decided_at > to_timestamp(k.after / 1000) AND c.kind <> ALL($3::text[])`,
    [folds.map(({ monitorId }) => monitorId), folds.map(({ after }) => after), watchChanges],
  );
  const all = folds.flatMap(({ monitorId, decisions }) => decisions.map((decision) => ({ monitorId, ...decision })));
  // One statement writes a row once: of two decisions of one kind at one moment the later stands.
  const left = [...new Map(all.map((one) => [`${one.monitorId} ${one.decidedAt} ${one.kind}`, one])).values()];
  if (left.length === 0) return;
  await tx.query(
    `INSERT INTO monitor_change (monitor_id, decided_at, kind, at, status, witnesses)
     SELECT m, to_timestamp(d / 1000), k, to_timestamp(a / 1000), s, w
     FROM unnest($1::uuid[], $2::float8[], $3::text[], $4::float8[], $5::text[], $6::jsonb[]) AS x (m, d, k, a, s, w)
     ON CONFLICT (monitor_id, decided_at, kind) DO UPDATE SET at = excluded.at, status = excluded.status,
       witnesses = excluded.witnesses`,
    [
      left.map(({ monitorId }) => monitorId),
      left.map(({ decidedAt }) => decidedAt),
      left.map(({ kind }) => kind),
      left.map(({ at }) => at),
      left.map(({ status }) => status),
      left.map(({ witnesses }) => JSON.stringify(witnesses)),
    ],
  );
};

type NewChange = Readonly<{
  kind: WatchChange;
  /** Epoch ms. */
  at: number;
  status: JudgedStatus | 'paused' | 'unknown';
  /** What it was judged by until then, where that is another thing from then on. */
  before?: JudgedBy;
}>;
/** Notes that watching changed at a moment, and the status from then on. */
export const recordChange = async (
  tx: Sql,
  monitorId: string,
  { kind, at, status, before }: NewChange,
): Promise<void> => {
  await tx.query(
    `INSERT INTO monitor_change (monitor_id, decided_at, kind, at, status, policy_before)
     VALUES ($1, to_timestamp($2::float8 / 1000), $3, to_timestamp($2::float8 / 1000), $4, $5) ON CONFLICT DO NOTHING`,
    [monitorId, at, kind, status, before === undefined ? null : JSON.stringify(before)],
  );
};

/** Notes that a monitor of which nobody knew anything is known again: after it became unknown, whatever the look says. */
export const recordKnown = async (tx: Sql, monitorId: string, at: number, status: JudgedStatus): Promise<void> => {
  await tx.query(
    `INSERT INTO monitor_change (monitor_id, decided_at, kind, at, status)
     SELECT $1, k.at, 'known', k.at, $3 FROM (SELECT greatest(to_timestamp($2::float8 / 1000), (
       SELECT max(c.decided_at) + interval '1 millisecond' FROM monitor_change c
       WHERE c.monitor_id = $1 AND c.kind = 'unknown')) AS at) AS k
     ON CONFLICT DO NOTHING`,
    [monitorId, at, status],
  );
};

type PolicyRow = { monitorId: string; at: number; before: JudgedBy };
/** When what each monitor is judged by was changed after a moment (epoch ms), oldest first, by monitor. */
export const policyChanges = async (
  sql: Sql,
  wanted: readonly Readonly<{ monitorId: string; after: number }>[],
): Promise<ReadonlyMap<string, readonly PolicyChange[]>> => {
  if (wanted.length === 0) return new Map();
  const { rows } = await sql.query<PolicyRow>(
    `SELECT c.monitor_id AS "monitorId", (extract(epoch FROM c.decided_at) * 1000)::float8 AS at, c.policy_before AS before
     FROM unnest($1::uuid[], $2::float8[]) AS k (id, after)
     JOIN monitor_change c ON c.monitor_id = k.id AND c.decided_at > to_timestamp(k.after / 1000)
     WHERE c.policy_before IS NOT NULL ORDER BY c.decided_at`,
    [wanted.map(({ monitorId }) => monitorId), wanted.map(({ after }) => after)],
  );
  const changes = rows.map(({ monitorId, at, before }) => ({ monitorId, at, before: policyOf(before, before) }));
  return Map.groupBy(changes, ({ monitorId }) => monitorId);
};
