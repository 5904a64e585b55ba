import { type Static, Type } from 'typebox';
import { DeliveryView, LastDelivery } from './deliveries.ts';
import { defineEndpoint } from './endpoint.ts';
import { QuietHours } from './quiet-hours.ts';
import { channelKinds, Id, Instant, Name, nullable, Page, pageQuery, strict, words } from './values.ts';

const name = Name(200);
const Url = Type.String({ minLength: 1, maxLength: 2_048 });
const Phone = Type.String({
  pattern: '^\\+[1-9][0-9 ()-]{5,30}$',
  description: 'With country code; kept as E.164',
  examples: ['+49 151 12345678'],
});
const EmailTarget = strict({ kind: Type.Literal('email'), address: Type.String({ format: 'email', maxLength: 254 }) });
const SmsTarget = strict({ kind: Type.Literal('sms'), phone: Phone });
const VoiceTarget = strict({ kind: Type.Literal('voice'), phone: Phone });
/** Either an incoming webhook's URL, or a bot's token with a channel (and the signing secret, for its buttons). */
const SlackTarget = strict({
  kind: Type.Literal('slack'),
  webhookUrl: Type.Optional(Url),
  token: Type.Optional(Type.String({ minLength: 1, maxLength: 500, examples: ['xoxb-…'] })),
  channel: Type.Optional(Type.String({ minLength: 1, maxLength: 200, examples: ['#ops', 'C0123456789'] })),
  signingSecret: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
});
const DiscordTarget = strict({ kind: Type.Literal('discord'), webhookUrl: Url });
/** The chat is linked afterwards, by opening the view's `linkUrl` (or sending `/start <code>` to the bot in a group). */
const TelegramTarget = strict({ kind: Type.Literal('telegram') });
const WebhookTarget = strict({
  kind: Type.Literal('webhook'),
  url: Url,
  headers: Type.Optional(
    Type.Record(Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$" }), Type.String({ maxLength: 2_000 }), {
      maxProperties: 20,
    }),
  ),
  /** Another body than ours; null or absent = the published schema. */
  template: Type.Optional(nullable(Type.String({ maxLength: 10_000 }))),
});
/** New kinds go to the end: the published document names a target by its place. */
export const ChannelTarget = Type.Union([
  EmailTarget,
  WebhookTarget,
  SmsTarget,
  VoiceTarget,
  SlackTarget,
  DiscordTarget,
  TelegramTarget,
]);
export type ChannelTarget = Static<typeof ChannelTarget>;

/** active; unconfirmed: nobody there has said yes yet; broken: refused for good; stopped: its owner said stop. */
export const ChannelStatus = words(['active', 'unconfirmed', 'broken', 'stopped']);
export type ChannelStatus = Static<typeof ChannelStatus>;

/** Secrets are never shown: URLs that let one post are masked (`https://hooks.example.com/…`). */
export const ChannelView = Type.Object({
  id: Id,
  name,
  kind: words(channelKinds),
  /** Where it goes, as far as people may see: an address, a phone number, a masked URL, a Slack channel, a chat. */
  target: Type.String(),
  status: ChannelStatus,
  statusReason: nullable(Type.String()),
  statusSince: Instant,
  /** Whose it is; null = the organisation's. */
  accountId: nullable(Id),
  quietHours: nullable(QuietHours),
  /** Nothing is sent before this moment; null = nothing holds it up. */
  holdUntil: nullable(Instant),
  /** Telegram alone, while it is not linked: open it, press Start. */
  linkUrl: nullable(Type.String()),
  /** Slack with a bot alone: where its app's interactivity has to point to. */
  interactionUrl: nullable(Type.String()),
  /** Webhook alone. */
  template: nullable(Type.String()),
  headerNames: Type.Array(Type.String()),
  /** Null while nothing was sent there. */
  lastDelivery: nullable(LastDelivery),
  createdAt: Instant,
  updatedAt: Instant,
});
export type ChannelView = Static<typeof ChannelView>;
/** Answer to creating one: a webhook's signing secret (`whsec_…`, Standard Webhooks) is shown this once. */
export const CreatedChannelView = Type.Object({ ...ChannelView.properties, signingSecret: nullable(Type.String()) });

const params = Type.Object({ channelId: Id });
const base = { tag: 'channels' } as const;
const written = { accountId: Type.Optional(nullable(Id)), quietHours: Type.Optional(nullable(QuietHours)) };
export const createChannel = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/channels',
  operationId: 'createChannel',
  summary: 'Add a place that hears alerts; an address that is not the account’s own is asked for consent first',
  access: 'write',
  problems: [409],
  schema: {
    body: strict({ name: Type.Optional(name), target: ChannelTarget, ...written }),
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
    querystring: pageQuery,
    response: { 200: Page(ChannelView) },
  },
});
/** Kinds this installation can't offer are listed with the reason. */
export const listChannelKinds = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/channel-kinds',
  operationId: 'listChannelKinds',
  summary: 'The kinds of channel, and which of them this installation offers',
  access: 'read',
  schema: {
    response: {
      200: Type.Object({
        items: Type.Array(
          Type.Object({
            kind: words(channelKinds),
            available: Type.Boolean(),
            /** What the operator has to set; null when it is available. */
            reason: nullable(Type.String()),
          }),
        ),
      }),
    },
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
    body: strict({ name: Type.Optional(name), target: Type.Optional(ChannelTarget), ...written }),
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
export const restoreChannel = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/channels/:channelId/restore',
  operationId: 'restoreChannel',
  summary:
    'Bring back a channel that was deleted in the last 24 hours; what its reader stopped meanwhile stays stopped',
  access: 'write',
  problems: [404, 409],
  schema: { params, response: { 200: ChannelView } },
});
export const enableChannel = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/channels/:channelId/enable',
  operationId: 'enableChannel',
  summary: 'Use a broken channel again, after its fault was mended; one that was stopped by its owner stays stopped',
  access: 'write',
  problems: [404, 409],
  schema: { params, response: { 200: ChannelView } },
});
export const confirmChannel = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/channels/:channelId/confirm',
  operationId: 'sendChannelConfirmation',
  summary: 'Ask the address of an unconfirmed channel once more for consent; Telegram gets a new start code',
  access: 'write',
  problems: [404, 409],
  schema: { params, response: { 200: ChannelView } },
});
export const rotateSigningSecret = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/channels/:channelId/rotate-secret',
  operationId: 'rotateSigningSecret',
  summary: 'A new signing secret for a webhook, shown this once; the old one signs too for 24 hours',
  access: 'write',
  problems: [404, 409],
  schema: {
    params,
    response: { 200: Type.Object({ signingSecret: Type.String(), oldSecretValidUntil: Instant }) },
  },
});
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
/** The worker sends it; ask for the delivery, or listen to `delivery.updated`, for the provider's answer. */
export const testChannelTarget = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/channel-tests',
  operationId: 'testChannelTarget',
  summary: 'Send a test message to a channel that is not saved yet; the delivery shows the provider’s real answer',
  access: 'write',
  problems: [404, 409],
  schema: {
    body: strict({
      target: ChannelTarget,
      /**
       * The channel of this kind that is being changed: secrets that `target` leaves out are taken from it, as saving would.
       * A webhook's headers never go along to another origin.
       */
      channelId: Type.Optional(Id),
    }),
    response: { 202: DeliveryView },
  },
});
