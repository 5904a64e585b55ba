import { binHours } from '../../bin.ts';
import type { Sql } from '../../db.ts';

export type Retention = Readonly<{
  /** The response log when no organisation says otherwise. A day goes when it is over for all of them. */
  resultDays: number;
  /** Roll-ups of five minutes; those of hours and days stay. */
  rollUpDays: number;
  eventHours: number;
  idempotencyHours: number;
  /** Settled deliveries, with their attempts. */
  deliveryDays: number;
  /** Resolved incidents and ended spans. */
  incidentDays: number;
}>;
export const defaultRetention: Retention = {
  resultDays: 30,
  rollUpDays: 30,
  eventHours: 24,
  idempotencyHours: 24,
  deliveryDays: 90,
  incidentDays: 400,
};

/** As long as any organisation can keep its log. */
const longestLogDays = 401;

/** Deletes in portions, so that no statement holds locks for long. */
const portion = 5_000;
const maxPortions = 1_000;
const deleteOld = async (sql: Sql, table: string, column: string, hours: number): Promise<number> => {
  let deleted = 0;
  for (let i = 0; i < maxPortions; i++) {
    const { rowCount } = await sql.query(
      `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
         SELECT ctid FROM ${table} WHERE ${column} < now() - make_interval(hours => $1) LIMIT ${portion}))`,
      [hours],
    );
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < portion) break;
  }
  return deleted;
};

/** Evidence has no partition that goes with its day: it goes by rows, when its organisation's log of that day has gone. */
const deleteEvidence = async (sql: Sql): Promise<number> => {
  let deleted = 0;
  for (let i = 0; i < maxPortions; i++) {
    const { rowCount } = await sql.query(
      `DELETE FROM evidence WHERE ctid = ANY(ARRAY(
         SELECT e.ctid FROM organisation o JOIN monitor m ON m.organisation_id = o.id
         JOIN evidence e ON e.monitor_id = m.id
           AND e.scheduled_at < date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - make_interval(days => o.log_days)
         LIMIT ${portion}))`,
    );
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < portion) break;
  }
  return deleted;
};

/** A batch that is sent again after this long is taken for a new one: its results are there, and change nothing. */
const batchHours = 27;
/** How far back looks may be judged, and so checkpoints are needed; of older ones each monitor keeps its newest. */
const judgedHours = 27;
const forgetCheckpoints = async (sql: Sql): Promise<number> => {
  const { rowCount } = await sql.query(
    `DELETE FROM judgement_checkpoint c WHERE until < now() - make_interval(hours => $1)
       AND EXISTS (SELECT 1 FROM judgement_checkpoint n WHERE n.monitor_id = c.monitor_id AND n.until > c.until
         AND n.until < now() - make_interval(hours => $1))`,
    [judgedHours],
  );
  return rowCount ?? 0;
};
/**
 * A monitor that is never calm leaves a checkpoint a minute; after a quarter of an hour one in ten minutes will do. Those at
 * which it became restless stay: after a calm one nothing is read that came before a look.
 */
const thinCheckpoints = async (sql: Sql): Promise<number> => {
  const { rowCount } = await sql.query(
    `WITH o AS (SELECT monitor_id, until, state->'regions' <> '{}'::jsonb AS restless,
         lag(state->'regions' <> '{}'::jsonb) OVER (PARTITION BY monitor_id ORDER BY until) AS was_restless,
         row_number() OVER (PARTITION BY monitor_id, floor(extract(epoch FROM until) / 600) ORDER BY until) AS nth
       FROM judgement_checkpoint WHERE until < now() - interval '15 minutes')
     DELETE FROM judgement_checkpoint c USING o
     WHERE c.monitor_id = o.monitor_id AND c.until = o.until AND o.restless AND o.was_restless AND o.nth > 1`,
  );
  return rowCount ?? 0;
};
/** Since when a monitor is known at all is never forgotten, nor what watching it last became: uptime goes by these. */
const forgetChanges = async (sql: Sql, days: number): Promise<number> => {
  const { rowCount } = await sql.query(
    `DELETE FROM monitor_change c WHERE decided_at < now() - make_interval(days => $1) AND kind <> 'first-good'
       AND NOT (kind IN ('paused', 'resumed', 'unknown', 'known') AND NOT EXISTS (
         SELECT 1 FROM monitor_change n WHERE n.monitor_id = c.monitor_id AND n.decided_at > c.decided_at
           AND n.kind IN ('paused', 'resumed', 'unknown', 'known')))`,
    [days],
  );
  return rowCount ?? 0;
};

export type Tidied = Readonly<{ partitionsMade: number; partitionsDropped: number; rowsDeleted: number }>;

/** Makes the days to come, drops the days that are over, and forgets what is kept for a while only. Safe to run twice at once. */
export const tidy = async (sql: Sql, retention: Retention = defaultRetention): Promise<Tidied> => {
  const { rows } = await sql.query<{ made: number; dropped: number }>(
    `SELECT ensure_log_days(today - 2, today + 7) AS made, drop_log_days(today - coalesce(kept, $1), today - $2) AS dropped
     FROM (SELECT (now() AT TIME ZONE 'UTC')::date - date '1970-01-01' AS today,
                  (SELECT max(log_days) FROM organisation) AS kept) AS t`,
    [retention.resultDays, retention.rollUpDays],
  );
  const deleted = [
    await deleteEvidence(sql),
    await deleteOld(sql, 'evidence', 'scheduled_at', longestLogDays * 24), // of monitors that are gone
    await deleteOld(sql, 'event', 'created_at', retention.eventHours),
    await deleteOld(sql, 'idempotency_key', 'created_at', retention.idempotencyHours),
    // What still goes on has no such moment: a pending delivery, an open incident, a running span stay.
    await deleteOld(sql, 'delivery', 'settled_at', retention.deliveryDays * 24),
    await deleteOld(sql, 'incident', 'resolved_at', retention.incidentDays * 24),
    await deleteOld(sql, 'span', 'ended_at', retention.incidentDays * 24),
    await deleteOld(sql, 'mark', 'at', retention.incidentDays * 24),
    await deleteOld(sql, 'maintenance_stretch', 'ended_at', retention.incidentDays * 24),
    await deleteOld(sql, 'region_outage', 'ended_at', retention.incidentDays * 24),
    await deleteOld(sql, 'monitor_silence', 'ended_at', retention.incidentDays * 24),
    await deleteOld(sql, 'stored_batch', 'stored_at', batchHours),
    await forgetCheckpoints(sql),
    await thinCheckpoints(sql),
    await forgetChanges(sql, retention.incidentDays),
    await deleteOld(sql, 'operator_notice', 'told_at', retention.eventHours * 7),
    await deleteOld(sql, 'deleted_row', 'deleted_at', binHours),
    await deleteOld(sql, 'session', 'expires_at', 0),
    await deleteOld(sql, 'verification', 'expires_at', 0),
    await deleteOld(sql, 'share', 'expires_at', 0),
    await deleteOld(sql, 'page_read', 'asked_at', 1),
  ];
  return {
    partitionsMade: rows[0]?.made ?? 0,
    partitionsDropped: rows[0]?.dropped ?? 0,
    rowsDeleted: deleted.reduce((sum, n) => sum + n, 0),
  };
};
