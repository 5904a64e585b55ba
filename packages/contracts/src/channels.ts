import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { Id, Instant, nullable, Page, strict, words } from './values.ts';

const name = Type.String({ minLength: 1, maxLength: 200 });
const EmailTarget = strict({ kind: Type.Literal('email'), address: Type.String({ format: 'email', maxLength: 254 }) });
const WebhookTarget = strict({ kind: Type.Literal('webhook'), url: Type.String({ minLength: 1 }) });
export const ChannelTarget = Type.Union([EmailTarget, WebhookTarget]);
export type ChannelTarget = Static<typeof ChannelTarget>;

/** A webhook's URL is a secret: views show its origin and an ellipsis (`https://hooks.example.com/…`). */
export const ChannelView = Type.Object({
  id: Id,
  name,
  kind: words(['email', 'webhook']),
  /** The address of a mail channel, or the masked URL of a webhook. */
  target: Type.String(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type ChannelView = Static<typeof ChannelView>;
/** Answer to creating one: a webhook's signing secret (`whsec_…`, Standard Webhooks) is shown this once. */
export const CreatedChannelView = Type.Object({ ...ChannelView.properties, signingSecret: nullable(Type.String()) });

const params = Type.Object({ channelId: Id });
const base = { tag: 'channels' } as const;
export const createChannel = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/channels',
  operationId: 'createChannel',
  summary: 'Add a place that hears alerts',
  access: 'write',
  problems: [409],
  schema: {
    body: strict({ name: Type.Optional(name), target: ChannelTarget }),
    response: { 201: CreatedChannelView },
  },
});
export const listChannels = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/channels',
  operationId: 'listChannels',
  summary: 'The notification channels of the organisation',
  access: 'read',
  schema: {
    querystring: Type.Object({
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: { 200: Page(ChannelView) },
  },
});
export const getChannel = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/channels/:channelId',
  operationId: 'getChannel',
  summary: 'One notification channel',
  access: 'read',
  problems: [404],
  schema: { params, response: { 200: ChannelView } },
});
export const updateChannel = defineEndpoint({
  ...base,
  method: 'PATCH',
  url: '/v1/channels/:channelId',
  operationId: 'updateChannel',
  summary: 'Rename a channel or point it elsewhere (same kind; If-Match is honoured)',
  access: 'write',
  problems: [404, 412],
  schema: {
    params,
    body: strict({ name: Type.Optional(name), target: Type.Optional(ChannelTarget) }),
    response: { 200: ChannelView },
  },
});
export const deleteChannel = defineEndpoint({
  ...base,
  method: 'DELETE',
  url: '/v1/channels/:channelId',
  operationId: 'deleteChannel',
  summary: 'Stop telling this channel',
  access: 'write',
  problems: [404],
  schema: { params, response: { 204: Type.Null() } },
});

export const AttemptView = Type.Object({
  at: Instant,
  outcome: words(['delivered', 'retry', 'rejected']),
  /** The receiver's own answer, cut to 500 characters, or what went wrong on the way. */
  answer: Type.String(),
  tookMs: Type.Integer(),
});
export const DeliveryView = Type.Object({
  id: Id,
  event: words(['incident.opened', 'incident.resolved', 'channel.test']),
  incidentId: nullable(Id),
  channelId: nullable(Id),
  channelName: Type.String(),
  kind: words(['email', 'webhook']),
  status: words(['pending', 'delivered', 'failed']),
  createdAt: Instant,
  /** When the next attempt is due; null once it is settled. */
  nextAttemptAt: nullable(Instant),
  settledAt: nullable(Instant),
  attempts: Type.Array(AttemptView),
});
export type DeliveryView = Static<typeof DeliveryView>;

export const testChannel = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/channels/:channelId/test',
  operationId: 'testChannel',
  summary: 'Send a test message; the delivery log shows the receiver’s own answer',
  access: 'write',
  problems: [404],
  schema: { params, response: { 202: DeliveryView } },
});
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
      channelId: Type.Optional(Id),
      status: Type.Optional(Type.Array(words(['pending', 'delivered', 'failed']), { maxItems: 3 })),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: { 200: Page(DeliveryView) },
  },
});
export const getDelivery = defineEndpoint({
  method: 'GET',
  url: '/v1/deliveries/:deliveryId',
  operationId: 'getDelivery',
  summary: 'One delivery with its attempts',
  tag: 'deliveries',
  access: 'read',
  problems: [404],
  schema: { params: Type.Object({ deliveryId: Id }), response: { 200: DeliveryView } },
});
