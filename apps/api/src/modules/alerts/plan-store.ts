import type { AlertEvent, ChannelKind } from '@farwatch/contracts';
import { type EscalationPolicy, type EscalationState, type QuietHours, rankOf, type Severity } from '@farwatch/domain';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';

/** A channel that may be told now, with the quiet hours that hold for it. */
export type Recipient = Readonly<{
  channelId: string;
  accountId: string | null;
  name: string;
  kind: ChannelKind;
  quiet: QuietHours | null;
}>;

/** One pending delivery before it is a row. `dueAt` is epoch ms; `reason` says why that is later than now. */
export type NewDelivery = Readonly<{
  channel: Pick<Recipient, 'channelId' | 'name' | 'kind'>;
  key: string;
  dueAt: number;
  reason: string | null;
}>;
/** What all deliveries of one piece of news share. */
export type News = Readonly<{
  organisationId: string;
  event: AlertEvent;
  severity: Severity;
  incidentId: string | null;
  monitorId: string | null;
  detail: object | null;
  now: number;
}>;

const at = (n: number): string => `to_timestamp($${n}::float8 / 1000)`;

/** Writes them; what has a key that its channel has already is left out. Answers those that were written. */
export const insertDeliveries = async (
  tx: Sql,
  news: News,
  deliveries: readonly NewDelivery[],
): Promise<readonly Readonly<{ id: string; channelId: string; dueAt: number }>[]> => {
  if (deliveries.length === 0) return [];
  const { rows } = await tx.query<{ id: string; channelId: string; dueAt: Date }>(
    `INSERT INTO delivery (id, organisation_id, incident_id, monitor_id, event, severity, rank, detail, created_at,
       channel_id, channel_name, kind, key, next_attempt_at, tried_since, reason)
     SELECT k.id, $1, $2, $3, $4, $5, $6, $7, ${at(8)}, k.channel_id, k.name, k.kind, k.key,
       to_timestamp(k.due / 1000), to_timestamp(k.due / 1000), k.reason
     FROM unnest($9::uuid[], $10::uuid[], $11::text[], $12::channel_kind[], $13::text[], $14::float8[], $15::text[])
       AS k (id, channel_id, name, kind, key, due, reason)
     ON CONFLICT (channel_id, key) DO NOTHING
     RETURNING id, channel_id AS "channelId", next_attempt_at AS "dueAt"`,
    [
      news.organisationId,
      news.incidentId,
      news.monitorId,
      news.event,
      news.severity,
      rankOf(news.event),
      news.detail === null ? null : JSON.stringify(news.detail),
      news.now,
      deliveries.map(() => newId()),
      deliveries.map(({ channel }) => channel.channelId),
      deliveries.map(({ channel }) => channel.name),
      deliveries.map(({ channel }) => channel.kind),
      deliveries.map(({ key }) => key),
      deliveries.map(({ dueAt }) => dueAt),
      deliveries.map(({ reason }) => reason),
    ],
  );
  return rows.map((row) => ({ ...row, dueAt: row.dueAt.getTime() }));
};

/** Every channel of the organisation that may be told. KEY SHARE: one that is being deleted is waited for and left out. */
export const usableChannels = async (tx: Sql, organisationId: string): Promise<readonly Recipient[]> => {
  const { rows } = await tx.query<Recipient>(
    `SELECT c.id AS "channelId", c.account_id AS "accountId", c.name, c.kind,
       coalesce(c.quiet_hours, a.quiet_hours) AS quiet
     FROM channel c LEFT JOIN account a ON a.id = c.account_id
     WHERE c.organisation_id = $1 AND c.status = 'active' ORDER BY c.id FOR KEY SHARE OF c`,
    [organisationId],
  );
  return rows;
};

/** The channels that were planned to hear of an incident's opening, and may still be told. */
export const channelsThatHeard = async (tx: Sql, organisationId: string, incidentId: string) => {
  const { rows } = await tx.query<{ channelId: string }>(
    `SELECT DISTINCT channel_id AS "channelId" FROM delivery
     WHERE incident_id = $1 AND event = 'incident.opened' AND channel_id IS NOT NULL`,
    [incidentId],
  );
  const heard = new Set(rows.map(({ channelId }) => channelId));
  return (await usableChannels(tx, organisationId)).filter(({ channelId }) => heard.has(channelId));
};

/** What is known of an incident where its alerts are planned. */
export type AlertedIncident = Readonly<{
  incidentId: string;
  organisationId: string;
  monitorId: string;
  severity: Severity;
  openedAt: Date;
  resolvedAt: Date | null;
  acknowledgedAt: Date | null;
  snoozedUntil: Date | null;
  alertAfterMs: number;
  intervalMs: number;
  timeoutMs: number;
  /** When the open incident with which it shares its cause opened; null = it shares none. */
  sharedSince: Date | null;
}>;
export const alertedIncident = async (tx: Sql, incidentId: string): Promise<AlertedIncident | null> => {
  const { rows } = await tx.query<AlertedIncident>(
    `SELECT i.id AS "incidentId", i.organisation_id AS "organisationId", i.monitor_id AS "monitorId", i.severity,
       i.opened_at AS "openedAt", i.resolved_at AS "resolvedAt", i.acknowledged_at AS "acknowledgedAt",
       i.snoozed_until AS "snoozedUntil", m.alert_after_ms AS "alertAfterMs",
       m.interval_ms AS "intervalMs", m.timeout_ms AS "timeoutMs",
       p.opened_at AS "sharedSince"
     FROM incident i JOIN monitor m ON m.id = i.monitor_id
     LEFT JOIN incident_attachment a ON a.incident_id = i.id AND a.because <> 'parent' AND a.ended_at IS NULL
     LEFT JOIN incident p ON p.id = a.parent_incident_id AND p.resolved_at IS NULL
     WHERE i.id = $1`,
    [incidentId],
  );
  return rows[0] ?? null;
};

/**
 * What was not sent before it stopped being news, of these events and channels. What is on its way, or in another's
 * hands, is left: whoever sends next judges it again.
 */
export const dropUnsent = async (
  tx: Sql,
  {
    incidentId,
    events,
    kinds = null,
    now,
    reason,
  }: Readonly<{
    incidentId: string;
    events: readonly AlertEvent[];
    kinds?: readonly ChannelKind[] | null;
    now: number;
    reason: string;
  }>,
): Promise<void> => {
  await tx.query(
    `UPDATE delivery SET status = 'dropped', reason = $5, settled_at = ${at(2)}, next_attempt_at = NULL
     WHERE id IN (
       SELECT id FROM delivery WHERE incident_id = $1 AND event = ANY($3::text[]) AND status = 'pending'
         AND ($4::text[] IS NULL OR kind::text = ANY($4)) AND (lease_until IS NULL OR lease_until <= ${at(2)})
       FOR UPDATE SKIP LOCKED)`,
    [incidentId, now, events, kinds, reason],
  );
};

/** A new outage is not told minutes late because older news is waiting to be tried again: that is tried now. */
export const hurryOlder = async (tx: Sql, monitorId: string, channelIds: readonly string[], now: number) => {
  await tx.query(
    `UPDATE delivery SET next_attempt_at = ${at(3)}
     WHERE channel_id = ANY($2::uuid[]) AND monitor_id = $1 AND status = 'pending' AND next_attempt_at > ${at(3)}
       AND failures > 0`,
    [monitorId, channelIds, now],
  );
};

/** The ladder of an open incident, as stored. Moments are epoch ms. */
export type Ladder = Readonly<{
  incidentId: string;
  organisationId: string;
  policy: EscalationPolicy;
  state: EscalationState;
  remindAt: number | null;
  /** Silent until then, whatever is due; and why. */
  heldUntil: number | null;
  heldFor: string | null;
}>;

const toMs = (date: Date | null): number | null => date?.getTime() ?? null;
type LadderRow = Readonly<{
  incidentId: string;
  organisationId: string;
  policy: EscalationPolicy;
  round: number;
  step: number;
  dueAt: Date | null;
  remindAt: Date | null;
  heldUntil: Date | null;
  heldFor: string | null;
}>;
const ladderColumns = `incident_id AS "incidentId", organisation_id AS "organisationId", policy, round, step,
  due_at AS "dueAt", remind_at AS "remindAt", held_until AS "heldUntil", held_for AS "heldFor"`;
const ladderOf = ({ round, step, dueAt, remindAt, heldUntil, ...row }: LadderRow): Ladder => ({
  ...row,
  state: { round, step, dueAt: toMs(dueAt) },
  remindAt: toMs(remindAt),
  heldUntil: toMs(heldUntil),
});

export const saveLadder = async (tx: Sql, ladder: Ladder) => {
  const { incidentId, organisationId, policy, state, remindAt, heldUntil, heldFor } = ladder;
  await tx.query(
    `INSERT INTO escalation (incident_id, organisation_id, policy, round, step, due_at, remind_at, held_until, held_for)
     VALUES ($1, $2, $3, $4, $5, ${at(6)}, ${at(7)}, ${at(8)}, $9)
     ON CONFLICT (incident_id) DO UPDATE SET round = excluded.round, step = excluded.step,
       due_at = excluded.due_at, remind_at = excluded.remind_at, held_until = excluded.held_until,
       held_for = excluded.held_for`,
    [
      ...[incidentId, organisationId, JSON.stringify(policy), state.round, state.step, state.dueAt, remindAt],
      ...[heldUntil, heldFor],
    ],
  );
};

export const lockLadder = async (tx: Sql, incidentId: string): Promise<Ladder | null> => {
  const { rows } = await tx.query<LadderRow>(
    `SELECT ${ladderColumns} FROM escalation WHERE incident_id = $1 FOR UPDATE`,
    [incidentId],
  );
  return rows[0] === undefined ? null : ladderOf(rows[0]);
};

/** One ladder with something due, kept from every other worker until the transaction ends. */
export const lockDueLadder = async (tx: Sql, now: number): Promise<Ladder | null> => {
  const { rows } = await tx.query<LadderRow>(
    `SELECT ${ladderColumns} FROM escalation
     WHERE (due_at IS NOT NULL OR remind_at IS NOT NULL) AND least(due_at, remind_at) <= ${at(1)}
       AND (held_until IS NULL OR held_until <= ${at(1)})
     ORDER BY least(due_at, remind_at) LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [now],
  );
  return rows[0] === undefined ? null : ladderOf(rows[0]);
};
