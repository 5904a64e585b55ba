import type { Sql } from '../../db.ts';
import { holdEventOrder } from '../events/store.ts';
import { type FlappingNews, planFlapping } from './flapping.ts';
import {
  type DueNow,
  type IncidentAlertDeps,
  planAcknowledged,
  planOpened,
  planResolved,
  resumeLadder,
  snoozeLadder,
} from './incident-alerts.ts';
import type { AlertPlanner } from './planner.ts';
import { wakeHeld } from './silence-store.ts';
import { at } from './store.ts';

export type PlannedAlert = Readonly<{
  organisationId: string;
  incidentId: string;
  event: 'incident.opened' | 'incident.resolved';
  /** Epoch ms; the deliveries are due from then on. */
  now: number;
}>;

const planTest: AlertPlanner['planTest'] = async (tx, { organisationId, deliveryId, channel, sealedTarget, now }) => {
  await tx.query(
    `INSERT INTO delivery (id, organisation_id, event, created_at, next_attempt_at, channel_id, channel_name, kind, key,
       rank, sealed_target)
     VALUES ($1::uuid, $2, 'channel.test', ${at(3)}, ${at(3)}, $4, $5, $6, 'channel.test:' || $1::uuid::text, 50, $7)`,
    [deliveryId, organisationId, now, channel.id, channel.name, channel.kind, sealedTarget],
  );
};

/** So often one delivery may be sent again by hand. */
const resendEveryMs = 10_000;

/** A dead letter has another day; what a program was told may be told again as often as somebody asks. */
const resend: AlertPlanner['resend'] = async (tx, { organisationId, deliveryId, now }) => {
  const { rows } = await tx.query<{ attempt: number; allowed: boolean }>(
    `SELECT d.attempt_count + 1 AS attempt,
       d.channel_id IS NOT NULL AND d.event <> 'channel.test'
         AND (d.status = 'failed' OR (d.status = 'delivered' AND d.kind = 'webhook'))
         AND (d.tried_since IS NULL OR d.tried_since <= ${at(3)}) AS allowed
     FROM delivery d WHERE d.organisation_id = $1 AND d.id = $2 FOR UPDATE`,
    [organisationId, deliveryId, now - resendEveryMs],
  );
  const [row] = rows;
  if (row === undefined) return null;
  if (!row.allowed) return false;
  await tx.query(
    `UPDATE delivery SET status = 'pending', next_attempt_at = ${at(2)}, settled_at = NULL, lease_until = NULL,
       failures = 0, reason = NULL, tried_since = ${at(2)}, bundle_id = NULL WHERE id = $1`,
    [deliveryId, now],
  );
  return { attempt: row.attempt };
};

/** Whatever held a channel up before it was mended is over. */
const channelUsable: AlertPlanner['channelUsable'] = async (tx, channelId) => {
  await tx.query('UPDATE channel SET hold_until = NULL, failures = 0 WHERE id = $1', [channelId]);
};

/** Alerting as the rest of the house asks for it, and as the judgement does: `plan`. */
export type Alerts = AlertPlanner &
  Readonly<{
    plan: (tx: Sql, alert: PlannedAlert) => Promise<DueNow>;
    flapping: (tx: Sql, news: FlappingNews) => Promise<readonly string[]>;
  }>;

/** Makes it. */
export const alertPlanner = (deps: IncidentAlertDeps): Alerts => ({
  plan: (tx, { incidentId, event, now }) =>
    event === 'incident.opened' ? planOpened(deps, tx, incidentId, now) : planResolved(tx, incidentId, now),
  flapping: planFlapping,
  planTest,
  acknowledged: (tx, { incidentId, by, now }) => planAcknowledged(tx, { incidentId, by, now }),
  unacknowledged: (tx, { incidentId, now }) => resumeLadder(tx, incidentId, now),
  snoozed: (tx, news) => snoozeLadder(tx, news),
  reconsider: async (tx, { organisationId, now }) => {
    await holdEventOrder(tx); // as whoever else holds several ladders does
    await wakeHeld(tx, organisationId, now);
  },
  channelUsable,
  resend,
});
