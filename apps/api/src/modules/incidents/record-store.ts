import { type Bounds, type FailureSpan, type FoldedIncident, failureCode, type StoredIncident } from '@farwatch/domain';
import type { Sql } from '../../db.ts';

/** domain's Bounds over all regions, and of each region that saw the incident. */
export type StoredBounds = Readonly<{ all: Bounds; regions: Readonly<Record<string, Bounds>> }>;

/** An incident as the judgement knows it. */
export type IncidentRecord = StoredIncident &
  Readonly<{ endKnownAt: number | null; regions: readonly string[]; bounds: StoredBounds | null }>;

const ms = (column: string): string => `extract(epoch FROM ${column}) * 1000`;
const moment = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

type Row = {
  monitorId: string;
  id: string;
  started: number;
  resolved: number | null;
  known: number | null;
  told: boolean;
  endTold: boolean;
  regions: readonly string[];
  bounds: StoredBounds | null;
};

/** A monitor, and the moment of its log after which it was folded (epoch ms). */
export type FoldedAfter = Readonly<{ monitorId: string; after: number }>;

/** By monitor, the incidents that are open, or whose end was decided by looks of after its moment. Paused ones are over. */
export const incidentsInPlay = async (
  tx: Sql,
  folds: readonly FoldedAfter[],
): Promise<ReadonlyMap<string, readonly IncidentRecord[]>> => {
  const { rows } = await tx.query<Row>(
    `SELECT i.monitor_id AS "monitorId", i.id, (${ms('started_at')})::float8 AS started,
       (${ms('resolved_at')})::float8 AS resolved, (${ms('end_known_at')})::float8 AS known,
       told_at IS NOT NULL AS told, end_told_at IS NOT NULL AS "endTold", regions, bounds
     FROM unnest($1::uuid[], $2::float8[]) AS k (id, after) JOIN incident i ON i.monitor_id = k.id
     WHERE coalesce(end_reason, 'recovered') = 'recovered'
       AND (resolved_at IS NULL OR end_known_at > to_timestamp(k.after / 1000)) ORDER BY started_at`,
    [folds.map(({ monitorId }) => monitorId), folds.map(({ after }) => after)],
  );
  const records = rows.map(({ started, resolved, known, ...row }) => ({
    ...row,
    startedAt: Math.round(started),
    resolvedAt: resolved === null ? null : Math.round(resolved),
    endKnownAt: known === null ? null : Math.round(known),
  }));
  return Map.groupBy(records, ({ monitorId }) => monitorId);
};

type Owner = Readonly<{ organisationId: string; monitorId: string }>;

/** Writes an incident that is new. The partial unique index refuses a second open one: that would be a bug. */
export const insertIncident = async (
  tx: Sql,
  { organisationId, monitorId }: Owner,
  id: string,
  incident: FoldedIncident,
  now: number,
): Promise<void> => {
  const { startedAt, resolvedAt, endKnownAt, cause, regions } = incident;
  await tx.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, cause, regions, resolved_at,
       end_known_at, end_reason)
     VALUES ($1, $2, $3, ${moment(4)}, ${moment(5)}, $6, $7, ${moment(8)}, ${moment(9)},
       CASE WHEN $8::float8 IS NULL THEN NULL ELSE 'recovered'::end_reason END)`,
    [...[id, organisationId, monitorId, startedAt, now, JSON.stringify(cause), regions], ...[resolvedAt, endKnownAt]],
  );
};

/** Writes what is now known of an incident. */
export const updateIncident = async (tx: Sql, id: string, incident: FoldedIncident): Promise<void> => {
  const { startedAt, resolvedAt, endKnownAt, cause, regions } = incident;
  await tx.query(
    `UPDATE incident SET started_at = ${moment(2)}, resolved_at = ${moment(3)}, end_known_at = ${moment(4)},
       end_reason = CASE WHEN $3::float8 IS NULL THEN NULL ELSE 'recovered'::end_reason END, cause = $5, regions = $6
     WHERE id = $1`,
    [id, startedAt, resolvedAt, endKnownAt, JSON.stringify(cause), regions],
  );
};

/** Ends an incident that later looks showed was none. */
export const withdrawIncident = async (tx: Sql, id: string, at: number): Promise<void> => {
  await tx.query(
    `UPDATE incident SET end_reason = 'withdrawn', end_known_at = ${moment(2)},
       resolved_at = coalesce(resolved_at, greatest(started_at, ${moment(2)})) WHERE id = $1`,
    [id, at],
  );
};

export const setBounds = async (tx: Sql, id: string, bounds: StoredBounds): Promise<void> => {
  await tx.query('UPDATE incident SET bounds = $2 WHERE id = $1', [id, JSON.stringify(bounds)]);
};

/** Notes that people were to hear of its beginning, or of its end, now. */
export const setTold = async (tx: Sql, id: string, which: 'told_at' | 'end_told_at', now: number): Promise<void> => {
  await tx.query(`UPDATE incident SET ${which} = ${moment(2)} WHERE id = $1`, [id, now]);
};

/** Replaces the spans that ran at each moment, or began after it, with what a fold from there on came to. */
export const replaceSpans = async (
  tx: Sql,
  folds: readonly (FoldedAfter & Readonly<{ spans: readonly FailureSpan[] }>)[],
): Promise<void> => {
  const left = folds.flatMap(({ monitorId, spans }) => spans.map((span) => ({ monitorId, ...span })));
  const key = [
    left.map(({ monitorId }) => monitorId),
    left.map(({ region }) => region),
    left.map(({ startedAt }) => startedAt),
  ];
  await tx.query(
    `DELETE FROM span s USING unnest($1::uuid[], $2::float8[]) AS f (id, after)
     WHERE s.monitor_id = f.id AND (s.end_known_at IS NULL OR s.end_known_at > to_timestamp(f.after / 1000))
       AND NOT EXISTS (SELECT 1 FROM unnest($3::uuid[], $4::text[], $5::float8[]) AS k (id, region, start)
         WHERE k.id = s.monitor_id AND k.region = s.region AND to_timestamp(k.start / 1000) = s.started_at)`,
    [folds.map(({ monitorId }) => monitorId), folds.map(({ after }) => after), ...key],
  );
  if (left.length === 0) return;
  await tx.query(
    `INSERT INTO span (monitor_id, region, started_at, code, failure, last_seen_at, ended_at, end_known_at)
     SELECT m, r, to_timestamp(s / 1000), c, f, to_timestamp(l / 1000), to_timestamp(e / 1000), to_timestamp(k / 1000)
     FROM unnest($1::uuid[], $2::text[], $3::float8[], $4::text[], $5::jsonb[], $6::float8[], $7::float8[], $8::float8[])
       AS x (m, r, s, c, f, l, e, k)
     ON CONFLICT (monitor_id, region, started_at) DO UPDATE SET code = excluded.code, failure = excluded.failure,
       last_seen_at = excluded.last_seen_at, ended_at = excluded.ended_at, end_known_at = excluded.end_known_at`,
    [
      ...key,
      left.map(({ failure }) => failureCode(failure)),
      left.map(({ failure }) => JSON.stringify(failure)),
      left.map(({ lastSeenAt }) => lastSeenAt),
      left.map(({ endedAt }) => endedAt),
      left.map(({ endKnownAt }) => endKnownAt),
    ],
  );
};
