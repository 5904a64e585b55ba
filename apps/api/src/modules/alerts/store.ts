import type { AlertEvent, ChannelKind } from '@farwatch/contracts';
import type { Severity } from '@farwatch/domain';
import type { Receipt } from '@farwatch/notifiers';
import type { Sql } from '../../db.ts';

/** An attempt that is due, as it travels in a job: it wakes the channel's queue, and whatever is due there is sent. */
export type Due = Readonly<{ deliveryId: string; attempt: number }>;

/** A delivery that this worker alone may send now, for the length of its lease. */
export type Claimed = Readonly<{
  deliveryId: string;
  attempt: number;
  organisationId: string;
  incidentId: string | null;
  monitorId: string | null;
  channelId: string | null;
  channelName: string;
  kind: ChannelKind;
  event: AlertEvent;
  severity: Severity;
  detail: unknown;
  sealedTarget: string | null;
  createdAt: Date;
  /** From when on it is tried: it was made then, or sent again by hand. */
  triedSince: Date;
  failures: number;
  bundleId: string | null;
}>;

/** A channel as whoever sends to it needs it. */
export type SendingChannel = Readonly<{
  id: string;
  organisationId: string;
  accountId: string | null;
  kind: ChannelKind;
  name: string;
  target: string;
  sealed: string | null;
  status: 'active' | 'unconfirmed' | 'broken' | 'stopped';
  statusReason: string | null;
  failures: number;
  /** Epoch ms until which the channel, or its provider, takes nothing; null = it takes. */
  holdUntil: number | null;
  holdReason: string | null;
  /** IANA zone that times are told in. */
  timeZone: string;
}>;

export const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/**
 * A channel hears the news of one monitor in order: down before up again, and both before the next down. Ids of incidents
 * and deliveries are UUIDv7, so this order is total and nothing waits in a circle; whatever is waited for ends.
 */
// OFFSET 0 keeps each a look-up by index for its one row: as a join over a channel's thousands it is quadratic.
export const waits = `EXISTS (
  SELECT 1 FROM delivery o WHERE o.channel_id = d.channel_id AND o.monitor_id = d.monitor_id
    AND (o.incident_id, o.rank, o.id) < (d.incident_id, d.rank, d.id) AND o.status = 'pending' OFFSET 0)`;

/** Something earlier about its monitor waits for its own time, or is on its way: this can't be sent before it. */
export const isBlocked = (now: string): string => `EXISTS (
  SELECT 1 FROM delivery o WHERE o.channel_id = d.channel_id AND o.monitor_id = d.monitor_id
    AND (o.incident_id, o.rank, o.id) < (d.incident_id, d.rank, d.id) AND o.status = 'pending'
    AND (o.next_attempt_at > ${now} OR o.lease_until > ${now}) OFFSET 0)`;

export const claimedColumns = `d.id AS "deliveryId", d.attempt_count AS attempt, d.organisation_id AS "organisationId",
  d.incident_id AS "incidentId", d.monitor_id AS "monitorId", d.channel_id AS "channelId",
  d.channel_name AS "channelName", d.kind, d.event, d.severity, d.detail, d.sealed_target AS "sealedTarget",
  d.created_at AS "createdAt", coalesce(d.tried_since, d.created_at) AS "triedSince", d.failures, d.bundle_id AS "bundleId"`;

const channelColumns = `c.id, c.organisation_id AS "organisationId", c.account_id AS "accountId", c.kind, c.name, c.target,
  c.sealed, c.status, c.status_reason AS "statusReason", c.failures,
  (extract(epoch FROM greatest(c.hold_until, p.until)) * 1000)::float8 AS "holdUntil", p.reason AS "holdReason",
  coalesce(a.time_zone, o.time_zone) AS "timeZone"`;
const channelTables = `channel c JOIN organisation o ON o.id = c.organisation_id
  LEFT JOIN account a ON a.id = c.account_id LEFT JOIN provider_hold p ON p.provider = c.kind::text`;

/** Held until the transaction ends, when `lock`; null when it is gone, or another holds it. */
export const sendingChannel = async (tx: Sql, channelId: string, lock: boolean): Promise<SendingChannel | null> => {
  const { rows } = await tx.query<SendingChannel>(
    `SELECT ${channelColumns} FROM ${channelTables} WHERE c.id = $1 ${lock ? 'FOR NO KEY UPDATE OF c SKIP LOCKED' : ''}`,
    [channelId],
  );
  return rows[0] ?? null;
};

/** Whose places in a worker a job takes; `failing` = its last attempt was no success. */
export type Lane = Readonly<{ channelId: string | null; organisationId: string; kind: ChannelKind; failing: boolean }>;

/** The lane a job is for: its channel, or the delivery itself when it goes to no saved channel; null = nothing is due of it. */
export const laneOf = async (sql: Sql, { deliveryId }: Due) => {
  const { rows } = await sql.query<Lane>(
    `SELECT d.channel_id AS "channelId", d.organisation_id AS "organisationId", d.kind,
       coalesce(c.failures, 0) > 0 AS failing
     FROM delivery d LEFT JOIN channel c ON c.id = d.channel_id WHERE d.id = $1 AND d.status = 'pending'`,
    [deliveryId],
  );
  return rows[0] ?? null;
};

/**
 * Up to `limit` due deliveries to put on the queue, oldest first; of a channel as many as may yet be on their way beside
 * those that are: a program takes `perChannel` at once, people one. Whoever sends there takes the rest.
 */
export const dueDeliveries = async (
  sql: Sql,
  { now, limit, perChannel }: Readonly<{ now: number; limit: number; perChannel: number }>,
): Promise<readonly Due[]> => {
  const { rows } = await sql.query<Due>(
    `SELECT "deliveryId", attempt FROM (
       SELECT d.id AS "deliveryId", d.attempt_count + 1 AS attempt, d.next_attempt_at, d.free,
         CASE WHEN d.kind = 'webhook' THEN $3::int ELSE 1 END
           - count(*) FILTER (WHERE NOT d.free) OVER (PARTITION BY coalesce(d.channel_id, d.id)) AS room,
         row_number() OVER (PARTITION BY coalesce(d.channel_id, d.id), d.free ORDER BY d.next_attempt_at, d.id) AS place
       FROM (
         SELECT *, lease_until IS NULL OR lease_until <= ${at(1)} AS free FROM delivery
         WHERE status = 'pending' AND next_attempt_at <= ${at(1)}) AS d
       WHERE NOT d.free OR NOT ${isBlocked(at(1))}
     ) AS due WHERE free AND place <= room ORDER BY next_attempt_at LIMIT $2`,
    [now, limit, perChannel],
  );
  return rows;
};

/** What is due next for one channel, if anything is. */
export const dueOfChannel = async (
  sql: Sql,
  { channelId, now }: Readonly<{ channelId: string; now: number }>,
): Promise<Due | null> => {
  const { rows } = await sql.query<Due>(
    `SELECT d.id AS "deliveryId", d.attempt_count + 1 AS attempt FROM delivery d
     WHERE d.channel_id = $1 AND d.status = 'pending' AND d.next_attempt_at <= ${at(2)}
       AND (d.lease_until IS NULL OR d.lease_until <= ${at(2)}) AND NOT ${isBlocked(at(2))}
     ORDER BY d.next_attempt_at, d.id LIMIT 1`,
    [channelId, now],
  );
  return rows[0] ?? null;
};

/** What the first accepted message about an incident left at this channel; `shared` = it told of other incidents too. */
export const firstReceipt = async (
  sql: Sql,
  channelId: string,
  incidentId: string,
): Promise<Readonly<{ receipt: Receipt; shared: boolean }> | null> => {
  const { rows } = await sql.query<{ receipt: Receipt; shared: boolean }>(
    `SELECT receipt, bundle_id IS NOT NULL AS shared FROM delivery
     WHERE channel_id = $1 AND incident_id = $2 AND receipt IS NOT NULL ORDER BY sent_at, id LIMIT 1`,
    [channelId, incidentId],
  );
  return rows[0] ?? null;
};
