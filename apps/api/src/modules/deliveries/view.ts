import type { DeliveryView, LastDelivery } from '@farwatch/contracts';

/** A `delivery` row as `deliveryColumns` reads it. */
export type DeliveryRow = Readonly<{
  id: string;
  event: DeliveryView['event'];
  incidentId: string | null;
  monitorId: string | null;
  channelId: string | null;
  channelName: string;
  kind: DeliveryView['kind'];
  status: DeliveryView['status'];
  reason: string | null;
  bundleId: string | null;
  createdAt: Date;
  nextAttemptAt: Date | null;
  settledAt: Date | null;
}>;

/** The columns of a `DeliveryRow`, from a `delivery` called `d`. */
export const deliveryColumns = `
  d.id, d.event, d.incident_id AS "incidentId", d.monitor_id AS "monitorId", d.channel_id AS "channelId",
  d.channel_name AS "channelName", d.kind, d.status, d.reason, d.bundle_id AS "bundleId", d.created_at AS "createdAt", d.next_attempt_at AS "nextAttemptAt", d.settled_at AS "settledAt"`;

export type AttemptRow = Readonly<{
  deliveryId: string;
  at: Date;
  outcome: DeliveryView['attempts'][number]['outcome'];
  answer: string;
  tookMs: number;
}>;

/** One line of the delivery log, its attempts oldest first. */
export const deliveryView = (row: DeliveryRow, attempts: readonly AttemptRow[]): DeliveryView => ({
  id: row.id,
  event: row.event,
  incidentId: row.incidentId,
  monitorId: row.monitorId,
  channelId: row.channelId,
  channelName: row.channelName,
  kind: row.kind,
  status: row.status,
  reason: row.reason,
  bundledWith: row.bundleId,
  createdAt: row.createdAt.toISOString(),
  nextAttemptAt: row.settledAt === null ? (row.nextAttemptAt?.toISOString() ?? null) : null,
  settledAt: row.settledAt?.toISOString() ?? null,
  attempts: attempts.map(({ at, outcome, answer, tookMs }) => ({ at: at.toISOString(), outcome, answer, tookMs })),
});

/** A channel's newest delivery with the receiver's last answer. */
export type LastDeliveryRow = Pick<DeliveryRow, 'id' | 'event' | 'status' | 'createdAt'> &
  Readonly<{ channelId: string; answer: string | null }>;

export const lastDeliveryView = ({ id, event, status, createdAt, answer }: LastDeliveryRow): LastDelivery => ({
  ...{ id, event, status, answer },
  at: createdAt.toISOString(),
});
