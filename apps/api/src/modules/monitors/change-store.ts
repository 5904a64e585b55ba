import type { Decision, JudgedStatus } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

/** What is decided about a monitor by others than the judgement of its looks. */
export type WatchChange = 'paused' | 'resumed' | 'changed' | 'unknown' | 'known';
const watchChanges: readonly WatchChange[] = ['paused', 'resumed', 'changed', 'unknown', 'known'];

/** Replaces the decisions of after this moment of the log with those that a fold from there on came to. */
export const replaceDecisions = async (
  tx: Sql,
  monitorId: string,
  after: number,
  decisions: readonly Decision[],
): Promise<void> => {
  await tx.query(
    `DELETE FROM monitor_change WHERE monitor_id = $1 AND decided_at > to_timestamp($2::float8 / 1000)
       AND kind <> ALL($3::text[])`,
    [monitorId, after, watchChanges],
  );
  if (decisions.length === 0) return;
  await tx.query(
    `INSERT INTO monitor_change (monitor_id, decided_at, kind, at, status, witnesses)
     SELECT $1, to_timestamp(d / 1000), k, to_timestamp(a / 1000), s, w
     FROM unnest($2::float8[], $3::text[], $4::float8[], $5::text[], $6::jsonb[]) AS x (d, k, a, s, w)
     ON CONFLICT (monitor_id, decided_at, kind) DO UPDATE SET at = excluded.at, status = excluded.status,
       witnesses = excluded.witnesses`,
    [
      monitorId,
      decisions.map(({ decidedAt }) => decidedAt),
      decisions.map(({ kind }) => kind),
      decisions.map(({ at }) => at),
      decisions.map(({ status }) => status),
      decisions.map(({ witnesses }) => JSON.stringify(witnesses)),
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
