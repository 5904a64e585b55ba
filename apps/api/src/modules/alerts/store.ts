import type { DeliveryView } from '@farwatch/contracts';
import type { Outcome } from '@farwatch/notifiers';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';

export type PlannedAlert = Readonly<{
  organisationId: string;
  incidentId: string;
  event: 'incident.opened' | 'incident.resolved';
  /** Epoch ms; the deliveries are due from then on. */
  now: number;
}>;
export type PlannedTest = Readonly<{
  organisationId: string;
  channel: Readonly<{ id: string; name: string; kind: 'email' | 'webhook' }>;
  now: number;
}>;

/** An attempt that is due, as it travels in a job. The number is that of the attempt about to be made. */
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
  event: DeliveryView['event'];
  createdAt: Date;
  /** Null when the channel was deleted meanwhile. */
  channel: Readonly<{ kind: 'email' | 'webhook'; target: string; secret: string | null }> | null;
}>;

export type Attempt = Readonly<{
  at: number;
  tookMs: number;
  outcome: Outcome['kind'];
  answer: string;
  /** What the delivery is after it; `nextAttemptAt` (epoch ms) while it is pending. */
  next: Readonly<{ status: 'pending'; nextAttemptAt: number } | { status: 'delivered' | 'failed' }>;
}>;

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/**
 * A channel hears the news of one monitor in order: down before up again, and both before the next down. Ids of incidents
 * are UUIDv7, so this order is total and nothing waits in a circle; whatever is waited for ends within 24 h.
 */
const waits = `EXISTS (
  SELECT 1 FROM delivery o WHERE o.channel_id = d.channel_id AND o.monitor_id = d.monitor_id
    AND (o.incident_id, o.event) < (d.incident_id, d.event) AND o.status = 'pending')`;
const isDue = (now: string): string =>
  `d.status = 'pending' AND d.next_attempt_at <= ${now} AND (d.lease_until IS NULL OR d.lease_until <= ${now}) AND NOT ${waits}`;

const returning = 'RETURNING d.*';
const claimedFrom = `SELECT d.id AS "deliveryId", d.attempt_count AS attempt, d.organisation_id AS "organisationId",
  d.incident_id AS "incidentId", i.monitor_id AS "monitorId", d.channel_id AS "channelId", d.channel_name AS "channelName", d.event,
  d.created_at AS "createdAt",
  CASE WHEN c.id IS NULL THEN NULL
    ELSE json_build_object('kind', c.kind, 'target', c.target, 'secret', c.secret) END AS channel
  FROM claimed d LEFT JOIN channel c ON c.id = d.channel_id LEFT JOIN incident i ON i.id = d.incident_id`;

type PlannedChannel = { id: string; name: string; kind: 'email' | 'webhook' };
type NewDeliveries = Readonly<{
  organisationId: string;
  incidentId: string | null;
  event: DeliveryView['event'];
  now: number;
}>;

const insert = async (
  tx: Sql,
  { organisationId, incidentId, event, now }: NewDeliveries,
  channels: readonly PlannedChannel[],
): Promise<readonly string[]> => {
  const { rows } = await tx.query<{ id: string }>(
    `INSERT INTO delivery
       (id, organisation_id, incident_id, monitor_id, event, created_at, next_attempt_at, channel_id, channel_name, kind)
     SELECT k.id, $1, $2, (SELECT monitor_id FROM incident WHERE id = $2), $3, ${at(4)}, ${at(4)}, k.channel_id, k.name, k.kind
     FROM unnest($5::uuid[], $6::uuid[], $7::text[], $8::channel_kind[]) AS k (id, channel_id, name, kind)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      organisationId,
      incidentId,
      event,
      now,
      channels.map(() => newId()),
      channels.map(({ id }) => id),
      channels.map(({ name }) => name),
      channels.map(({ kind }) => kind),
    ],
  );
  return rows.map(({ id }) => id);
};

/** A new outage is not told an hour late because older news is waiting to be tried again: that is tried now. */
const hurryOlder = async (tx: Sql, { incidentId, now }: PlannedAlert, channels: readonly PlannedChannel[]) => {
  await tx.query(
    `UPDATE delivery SET next_attempt_at = ${at(2)}
     WHERE channel_id = ANY($3::uuid[]) AND monitor_id = (SELECT monitor_id FROM incident WHERE id = $1)
       AND status = 'pending' AND next_attempt_at > ${at(2)}`,
    [incidentId, now, channels.map(({ id }) => id)],
  );
};

/** The deliveries as the worker writes them. `attempt_count` counts claims: it decides which worker may send. */
export const alertStore = () => ({
  /**
   * One pending delivery for each channel of the organisation; answers their ids. Again for the same alert: nothing.
   * Part of the transaction that opened or resolved the incident.
   */
  plan: async (tx: Sql, alert: PlannedAlert): Promise<readonly string[]> => {
    // KEY SHARE: a channel that is being deleted is waited for and left out, instead of undoing the whole transaction.
    const { rows: channels } = await tx.query<PlannedChannel>(
      'SELECT id, name, kind FROM channel WHERE organisation_id = $1 ORDER BY id FOR KEY SHARE',
      [alert.organisationId],
    );
    if (channels.length === 0) return [];
    if (alert.event === 'incident.opened') await hurryOlder(tx, alert, channels);
    return insert(tx, alert, channels);
  },

  /** A pending test message for one channel; answers its id. */
  planTest: async (tx: Sql, { organisationId, channel, now }: PlannedTest): Promise<string> => {
    const [id] = await insert(tx, { organisationId, incidentId: null, event: 'channel.test', now }, [channel]);
    if (id === undefined) throw new Error('planTest: a new id can conflict with nothing');
    return id;
  },

  /** The channel of an attempt that is still to be made (its id, or that of a deleted one's delivery); null when it isn't. */
  laneOf: async (sql: Sql, { deliveryId, attempt }: Due): Promise<string | null> => {
    const { rows } = await sql.query<{ lane: string }>(
      `SELECT coalesce(channel_id, id) AS lane FROM delivery
       WHERE id = $1 AND status = 'pending' AND attempt_count = $2 - 1`,
      [deliveryId, attempt],
    );
    return rows[0]?.lane ?? null;
  },

  /** Takes exactly this attempt: of two that hold the same job one gets it. Null when it was made, settled, or must wait. */
  claim: async (sql: Sql, { deliveryId, attempt }: Due, leaseUntil: number): Promise<Claimed | null> => {
    const { rows } = await sql.query<Claimed>(
      `WITH claimed AS (
         UPDATE delivery d SET attempt_count = $2, lease_until = ${at(3)}
         WHERE d.id = $1 AND d.status = 'pending' AND d.attempt_count = $2 - 1 AND NOT ${waits} ${returning})
       ${claimedFrom}`,
      [deliveryId, attempt, leaseUntil],
    );
    return rows[0] ?? null;
  },

  /** Takes what is due next for a channel. */
  claimNext: async (
    sql: Sql,
    { channelId, now, leaseUntil }: Readonly<{ channelId: string; now: number; leaseUntil: number }>,
  ): Promise<Claimed | null> => {
    const { rows } = await sql.query<Claimed>(
      `WITH next AS (
         SELECT d.id FROM delivery d WHERE d.channel_id = $1 AND ${isDue(at(2))}
         ORDER BY d.next_attempt_at, d.id LIMIT 1 FOR UPDATE SKIP LOCKED),
       claimed AS (
         UPDATE delivery d SET attempt_count = d.attempt_count + 1, lease_until = ${at(3)}
         FROM next WHERE d.id = next.id ${returning})
       ${claimedFrom}`,
      [channelId, now, leaseUntil],
    );
    return rows[0] ?? null;
  },

  /** Gives back what the sweep handed over and nobody took. */
  handBack: async (sql: Sql, { deliveryId, attempt }: Due): Promise<void> => {
    await sql.query(
      `UPDATE delivery SET lease_until = NULL WHERE id = $1 AND status = 'pending' AND attempt_count = $2 - 1`,
      [deliveryId, attempt],
    );
  },

  /**
   * Up to `limit` due deliveries, at most `perChannel` of one channel, oldest first, and keeps them from being handed
   * over again until `leaseUntil`: should their jobs get lost, they come back then.
   */
  handOver: async (
    sql: Sql,
    query: Readonly<{ now: number; leaseUntil: number; limit: number; perChannel: number }>,
  ): Promise<readonly Due[]> => {
    const { rows } = await sql.query<Due>(
      `WITH due AS (
         SELECT d.id, d.next_attempt_at,
           row_number() OVER (PARTITION BY d.channel_id ORDER BY d.next_attempt_at, d.id) AS place
         FROM delivery d WHERE ${isDue(at(1))}),
       picked AS (
         SELECT d.id FROM delivery d JOIN due USING (id) WHERE due.place <= $4 AND ${isDue(at(1))}
         ORDER BY due.next_attempt_at LIMIT $3 FOR UPDATE OF d SKIP LOCKED)
       UPDATE delivery d SET lease_until = ${at(2)} FROM picked WHERE d.id = picked.id
       RETURNING d.id AS "deliveryId", d.attempt_count + 1 AS attempt`,
      [query.now, query.leaseUntil, query.limit, query.perChannel],
    );
    return rows;
  },

  /**
   * Writes an attempt and what the delivery is after it; answers whether the delivery changed. A worker that comes back
   * after its lease ran out changes nothing any more, but for good news: what was delivered is delivered.
   */
  record: async (
    tx: Sql,
    { deliveryId, attempt }: Due,
    { at: moment, tookMs, outcome, answer, next }: Attempt,
  ): Promise<boolean> => {
    await tx.query(
      `INSERT INTO delivery_attempt (id, delivery_id, at, outcome, answer, took_ms)
       SELECT $1, d.id, ${at(3)}, $4, $5, $6 FROM delivery d WHERE d.id = $2 FOR KEY SHARE`,
      [newId(), deliveryId, moment, outcome, answer, tookMs],
    );
    const settled = next.status !== 'pending';
    const { rowCount } = await tx.query(
      `UPDATE delivery SET status = $3::delivery_status, lease_until = NULL,
         next_attempt_at = ${at(4)}, settled_at = ${at(5)}
       WHERE id = $1 AND status = 'pending' AND (attempt_count = $2 OR $3::delivery_status = 'delivered')`,
      [
        deliveryId,
        attempt,
        next.status,
        next.status === 'pending' ? next.nextAttemptAt : null,
        settled ? moment + tookMs : null,
      ],
    );
    return rowCount === 1;
  },
});
export type AlertStore = ReturnType<typeof alertStore>;
