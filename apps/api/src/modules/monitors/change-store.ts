import type { Decision, JudgedStatus } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

/** What is decided about a monitor by others than the judgement of its looks. */
export type WatchChange = 'paused' | 'resumed' | 'changed' | 'unknown' | 'known';
const watchChanges: readonly WatchChange[] = ['paused', 'resumed', 'changed', 'unknown', 'known'];

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

/** Notes that watching changed at a moment, and the status from then on. */
export const recordChange = async (
  tx: Sql,
  monitorId: string,
  { kind, at, status }: Readonly<{ kind: WatchChange; at: number; status: JudgedStatus | 'paused' | 'unknown' }>,
): Promise<void> => {
  await tx.query(
    `INSERT INTO monitor_change (monitor_id, decided_at, kind, at, status)
     VALUES ($1, to_timestamp($2::float8 / 1000), $3, to_timestamp($2::float8 / 1000), $4) ON CONFLICT DO NOTHING`,
    [monitorId, at, kind, status],
  );
};
