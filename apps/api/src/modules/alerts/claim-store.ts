import type { AlertEvent } from '@farwatch/contracts';
import type { Sent } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { at, type Claimed, claimedColumns, isBlocked, waits } from './store.ts';

/** A due delivery as the decision about the channel's next message sees it. */
export type DueRow = Readonly<{
  deliveryId: string;
  incidentId: string | null;
  monitorId: string | null;
  event: AlertEvent;
  createdAt: Date;
  /** From when on it is tried. */
  triedSince: Date;
  attempts: number;
  failures: number;
  bundleId: string | null;
  /** How its incident ended, and whether the recovery waits for this channel too. */
  ended: 'recovered' | 'paused' | null;
  recoveryWaits: boolean;
}>;

/** More than this are told by the message after the next. */
const maxDue = 5_000;

const free = (now: string): string =>
  `d.status = 'pending' AND d.next_attempt_at <= ${now} AND (d.lease_until IS NULL OR d.lease_until <= ${now})`;

/** Whether another worker is sending to this channel right now. */
export const isSending = async (tx: Sql, channelId: string, now: number): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `SELECT 1 FROM delivery WHERE channel_id = $1 AND status = 'pending' AND lease_until > ${at(2)} LIMIT 1`,
    [channelId, now],
  );
  return rowCount !== 0;
};

/** What is due for a channel, in the order it has to be told; news that keeps failing goes last and blocks nothing. */
export const dueOf = async (tx: Sql, channelId: string, now: number): Promise<readonly DueRow[]> => {
  const { rows } = await tx.query<DueRow>(
    `SELECT d.id AS "deliveryId", d.incident_id AS "incidentId", d.monitor_id AS "monitorId", d.event,
       d.created_at AS "createdAt", coalesce(d.tried_since, d.created_at) AS "triedSince", d.attempt_count AS attempts, d.failures, d.bundle_id AS "bundleId",
       i.end_reason AS ended, EXISTS (
         SELECT 1 FROM delivery r WHERE r.channel_id = d.channel_id AND r.incident_id = d.incident_id
           AND r.event = 'incident.resolved' AND r.status = 'pending') AS "recoveryWaits"
     FROM delivery d LEFT JOIN incident i ON i.id = d.incident_id
     WHERE d.channel_id = $1 AND ${free(at(2))} AND NOT ${isBlocked(at(2))}
     ORDER BY (d.failures >= 3), d.incident_id NULLS FIRST, d.rank, d.id LIMIT ${maxDue}`,
    [channelId, now],
  );
  return rows;
};

/** The messages that a channel got lately, oldest first; several deliveries of one message are one. */
export const sentTo = async (tx: Sql, channelId: string, since: number): Promise<readonly Sent[]> => {
  const { rows } = await tx.query<{ at: Date; monitorIds: string[] }>(
    `SELECT max(sent_at) AS at, array_remove(array_agg(DISTINCT monitor_id), NULL) AS "monitorIds" FROM delivery
     WHERE channel_id = $1 AND sent_at > ${at(2)} GROUP BY coalesce(bundle_id, id) ORDER BY 1`,
    [channelId, since],
  );
  return rows.map((row) => ({ at: row.at.getTime(), monitorIds: row.monitorIds }));
};

/** Held until the transaction ends: of those who count an organisation's texts one counts at a time. */
export const holdPhones = async (tx: Sql, organisationId: string): Promise<void> => {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7203771404))', [organisationId]);
};

/**
 * When this organisation's phones were texted or called within the hour, and when this phone was by anybody; each
 * oldest first. Every attempt that a provider took counts, tests and repeated calls too, and what is on its way.
 */
export const phonedLately = async (
  tx: Sql,
  {
    channelId,
    organisationId,
    since,
    now,
  }: Readonly<{ channelId: string; organisationId: string; since: number; now: number }>,
): Promise<Readonly<{ byOrganisation: readonly number[]; toPhone: readonly number[] }>> => {
  const { rows } = await tx.query<{ at: Date; own: boolean; same: boolean }>(
    `WITH phone AS (
       SELECT c.id, c.organisation_id = $1 AS own, coalesce(c.lookup = p.lookup, false) AS same
       FROM channel c, channel p
       WHERE p.id = $2 AND c.kind IN ('sms', 'voice') AND (c.organisation_id = $1 OR c.lookup = p.lookup))
     SELECT a.at, phone.own, phone.same FROM phone
       JOIN delivery d ON d.channel_id = phone.id AND d.sent_at > ${at(3)}
       JOIN delivery_attempt a ON a.delivery_id = d.id AND a.at > ${at(3)} AND a.outcome IN ('accepted', 'delivered')
     UNION ALL
     SELECT DISTINCT ON (phone.id) ${at(4)}, phone.own, phone.same FROM phone
       JOIN delivery d ON d.channel_id = phone.id AND d.status = 'pending' AND d.lease_until > ${at(4)}
     ORDER BY 1`,
    [organisationId, channelId, since, now],
  );
  const of = (is: 'own' | 'same') => rows.filter((row) => row[is]).map((row) => row.at.getTime());
  return { byOrganisation: of('own'), toPhone: of('same') };
};

/** Takes these for one message, but for those that another has locked meanwhile; its id is the first one's. */
export const takeTogether = async (
  tx: Sql,
  ids: readonly string[],
  leaseUntil: number,
): Promise<readonly Claimed[]> => {
  const { rows: free } = await tx.query<{ id: string }>(
    `SELECT id FROM delivery WHERE id = ANY($1::uuid[]) AND status = 'pending' FOR UPDATE SKIP LOCKED`,
    [ids],
  );
  const known = new Set(free.map(({ id }) => id));
  const taken = ids.filter((id) => known.has(id));
  const { rows } = await tx.query<Claimed>(
    `UPDATE delivery d SET attempt_count = attempt_count + 1, lease_until = ${at(2)}, reason = NULL,
       bundle_id = $3::uuid
     WHERE id = ANY($1::uuid[]) RETURNING ${claimedColumns}`,
    [taken, leaseUntil, taken.length > 1 ? taken[0] : null],
  );
  const place = new Map(taken.map((id, i) => [id, i]));
  return rows.toSorted((a, b) => (place.get(a.deliveryId) ?? 0) - (place.get(b.deliveryId) ?? 0));
};

/**
 * Takes what is due next for a channel that is told of each by itself; several workers may, side by side. It doesn't wait
 * for the disk: should the database lose it in a crash, the message goes out once more under the same id, as after any
 * crash between sending and recording; what comes of it is committed after it and never without it.
 */
export const takeNext = async (
  sql: Sql,
  { channelId, now, leaseUntil }: Readonly<{ channelId: string; now: number; leaseUntil: number }>,
): Promise<Claimed | null> => {
  const { rows } = await sql.query<Claimed>(
    `WITH next AS (
       SELECT d.id FROM delivery d WHERE d.channel_id = $1 AND ${free(at(2))} AND NOT ${waits}
       ORDER BY d.next_attempt_at, d.id LIMIT 1 FOR UPDATE SKIP LOCKED),
     quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
     UPDATE delivery d SET attempt_count = attempt_count + 1, lease_until = ${at(3)}, reason = NULL
     FROM next, quick WHERE d.id = next.id RETURNING ${claimedColumns}`,
    [channelId, now, leaseUntil],
  );
  return rows[0] ?? null;
};

/** Takes one delivery by its id: a test that goes to no saved channel. */
export const takeOne = async (
  sql: Sql,
  { deliveryId, now, leaseUntil }: Readonly<{ deliveryId: string; now: number; leaseUntil: number }>,
): Promise<Claimed | null> => {
  const { rows } = await sql.query<Claimed>(
    `UPDATE delivery d SET attempt_count = attempt_count + 1, lease_until = ${at(3)}
     WHERE d.id = $1 AND ${free(at(2))} RETURNING ${claimedColumns}`,
    [deliveryId, now, leaseUntil],
  );
  return rows[0] ?? null;
};

/** Nothing of these before `until`, and why. */
export const postpone = async (tx: Sql, ids: readonly string[], until: number, reason: string): Promise<void> => {
  await tx.query(
    `UPDATE delivery SET next_attempt_at = ${at(2)}, reason = $3 WHERE id = ANY($1::uuid[]) AND status = 'pending'`,
    [ids, until, reason],
  );
};

/** Settles what is not on its way. */
export const settleUnsent = async (
  tx: Sql,
  {
    ids,
    status,
    now,
    reason,
  }: Readonly<{ ids: readonly string[]; status: 'dropped' | 'failed'; now: number; reason: string }>,
): Promise<void> => {
  await tx.query(
    `UPDATE delivery SET status = $2, settled_at = ${at(3)}, next_attempt_at = NULL, lease_until = NULL, reason = $4
     WHERE id = ANY($1::uuid[]) AND status = 'pending'`,
    [ids, status, now, reason],
  );
};
