import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { channelKinds, Id, Instant, InstantQuery, nullable, Page, words } from './values.ts';

/** What people are told. `channel.*` are about the channels themselves. */
export const alertEvents = [
  'incident.opened',
  'incident.escalated',
  'incident.reminder',
  'incident.acknowledged',
  'incident.resolved',
  'certificate.expiring',
  'monitoring.stopped',
  'monitoring.resumed',
  'monitor.flapping',
  'monitor.calm',
  'report.weekly',
  'channel.test',
  'channel.broken',
  'channel.held-back',
] as const;
export type AlertEvent = (typeof alertEvents)[number];

/** pending; accepted: the provider took it and has not told yet whether it arrived; dropped: it was no longer news. */
const DeliveryStatus = words(['pending', 'accepted', 'delivered', 'failed', 'dropped']);

export const AttemptView = Type.Object({
  at: Instant,
  outcome: words(['delivered', 'accepted', 'retry', 'rejected']),
  /** The receiver's own answer, cut to 500 characters, or what went wrong on the way. */
  answer: Type.String(),
  tookMs: Type.Integer(),
});
export const DeliveryView = Type.Object({
  id: Id,
  event: words(alertEvents),
  incidentId: nullable(Id),
  monitorId: nullable(Id),
  channelId: nullable(Id),
  channelName: Type.String(),
  kind: words(channelKinds),
  status: DeliveryStatus,
  /** Why it waits (quiet hours, a storm, the receiver's own wish), or why it was dropped. */
  reason: nullable(Type.String()),
  /** The delivery whose message told this one too; null when it had a message of its own. */
  bundledWith: nullable(Id),
  createdAt: Instant,
  /** When the next attempt is due; null once it is settled. */
  nextAttemptAt: nullable(Instant),
  settledAt: nullable(Instant),
  attempts: Type.Array(AttemptView),
});
export type DeliveryView = Static<typeof DeliveryView>;

/** A channel's newest delivery that was not dropped: how it went, in a line. */
export const LastDelivery = Type.Object({
  id: Id,
  event: words(alertEvents),
  status: DeliveryStatus,
  at: Instant,
  /** The receiver's last own answer; null while there is none. */
  answer: nullable(Type.String()),
});
export type LastDelivery = Static<typeof LastDelivery>;

export const listDeliveries = defineEndpoint({
  method: 'GET',
  url: '/v1/deliveries',
  operationId: 'listDeliveries',
  summary: 'The delivery log, newest first',
  tag: 'deliveries',
  access: 'read',
  schema: {
    querystring: Type.Object({
      incidentId: Type.Optional(Id),
      monitorId: Type.Optional(Id),
      channelId: Type.Optional(Id),
      status: Type.Optional(Type.Array(DeliveryStatus, { maxItems: 5 })),
      kind: Type.Optional(Type.Array(words(channelKinds), { maxItems: channelKinds.length })),
      event: Type.Optional(Type.Array(words(alertEvents), { maxItems: alertEvents.length })),
      /** When it was written down; `to` is the first moment that is left out. */
      from: Type.Optional(InstantQuery),
      to: Type.Optional(InstantQuery),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: { 200: Page(DeliveryView) },
  },
});
const params = Type.Object({ deliveryId: Id });
export const getDelivery = defineEndpoint({
  method: 'GET',
  url: '/v1/deliveries/:deliveryId',
  operationId: 'getDelivery',
  summary: 'One delivery with its attempts',
  tag: 'deliveries',
  access: 'read',
  problems: [404],
  schema: { params, response: { 200: DeliveryView } },
});
export const resendDelivery = defineEndpoint({
  method: 'POST',
  url: '/v1/deliveries/:deliveryId/resend',
  operationId: 'resendDelivery',
  summary: 'Send a dead letter again, or replay a delivered webhook; the message keeps its id',
  tag: 'deliveries',
  access: 'write',
  problems: [404, 409],
  schema: { params, response: { 202: DeliveryView } },
});
