import { initialState, type MonitorState, reorderMs } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { type StoredState, stateOf } from './stored-state.ts';

/** A monitor, and the end of the oldest look of it that is to be judged (epoch ms). */
export type JudgedFrom = Readonly<{ monitorId: string; from: number }>;

type Row = { monitorId: string; state: StoredState | null; any: boolean; policies: boolean };
/** Where a judgement begins again; `policies`: what it is judged by was changed since. */
export type Beginning = Readonly<{ start: MonitorState; policies: boolean }>;

/**
 * Where the judgement of each monitor begins again: the newest of its checkpoints that is older than `from` by the
 * reordering that is usual (domain's `startBefore`, as SQL). One that has none yet begins at the beginning, which is its
 * first; one whose checkpoints are all newer is left out: that is too late to judge.
 */
export const findStarts = async (tx: Sql, wanted: readonly JudgedFrom[]): Promise<ReadonlyMap<string, Beginning>> => {
  const { rows } = await tx.query<Row>(
    `SELECT k.id AS "monitorId", c.state,
       EXISTS (SELECT 1 FROM judgement_checkpoint a WHERE a.monitor_id = k.id) AS any,
       EXISTS (SELECT 1 FROM monitor_change h WHERE h.monitor_id = k.id AND h.policy_before IS NOT NULL
         AND (c.until IS NULL OR h.decided_at > c.until)) AS policies
     FROM unnest($1::uuid[], $2::float8[]) AS k (id, before)
     LEFT JOIN LATERAL (SELECT state, until FROM judgement_checkpoint c
       WHERE c.monitor_id = k.id AND c.until < to_timestamp(k.before / 1000) ORDER BY c.until DESC LIMIT 1) c ON true`,
    [wanted.map(({ monitorId }) => monitorId), wanted.map(({ from }) => from - reorderMs)],
  );
  return new Map(
    rows.flatMap(({ monitorId, state, any, policies }): readonly (readonly [string, Beginning])[] => {
      if (state !== null) return [[monitorId, { start: stateOf(state), policies }]];
      return any ? [] : [[monitorId, { start: initialState, policies }]];
    }),
  );
};

/** What a new fold left behind a start. */
export type LeftCheckpoints = Readonly<{ monitorId: string; start: MonitorState; left: readonly MonitorState[] }>;

/** Replaces what came after each start with what is left now. The very beginning is kept as well, for looks that come late. */
export const replaceCheckpoints = async (tx: Sql, folds: readonly LeftCheckpoints[]): Promise<void> => {
  await tx.query(
    `DELETE FROM judgement_checkpoint c USING unnest($1::uuid[], $2::float8[]) AS k (id, after)
     WHERE c.monitor_id = k.id AND c.until > to_timestamp(k.after / 1000)`,
    [folds.map(({ monitorId }) => monitorId), folds.map(({ start }) => start.until)],
  );
  const all = folds.flatMap(({ monitorId, start, left }) =>
    (start === initialState ? [start, ...left] : left).map((state) => ({ monitorId, state })),
  );
  const kept = [...new Map(all.map((one) => [`${one.monitorId} ${one.state.until}`, one])).values()];
  if (kept.length === 0) return;
  await tx.query(
    `INSERT INTO judgement_checkpoint (monitor_id, until, state)
     SELECT m, to_timestamp(u / 1000), s FROM unnest($1::uuid[], $2::float8[], $3::jsonb[]) AS k (m, u, s)
     ON CONFLICT (monitor_id, until) DO UPDATE SET state = excluded.state`,
    [
      kept.map(({ monitorId }) => monitorId),
      kept.map(({ state }) => state.until),
      kept.map(({ state }) => JSON.stringify(state)),
    ],
  );
};

/** Looks of before this state are not judged any more: watching begins here, or looks at something else. */
export const restartAt = async (tx: Sql, monitorId: string, state: MonitorState): Promise<void> => {
  await tx.query('DELETE FROM judgement_checkpoint WHERE monitor_id = $1', [monitorId]);
  await replaceCheckpoints(tx, [{ monitorId, start: state, left: [state] }]);
};
