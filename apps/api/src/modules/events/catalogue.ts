import { Instant, listWebhookEvents, strict, type WebhookType, webhookData } from '@farwatch/contracts';
import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { route } from '../../plugins/route.ts';

const descriptions: Readonly<Record<WebhookType, string>> = {
  'incident.opened': 'A monitor is down; the first that is heard of this incident.',
  'incident.escalated': 'It is still down, nobody has acknowledged it, and another step of its ladder is due.',
  'incident.reminder': 'It is still down.',
  'incident.acknowledged': 'Somebody has it; nobody else is called.',
  'incident.resolved': 'It is over: from when to when it lasted.',
  'certificate.expiring': 'A certificate ends in 30, 14, 7, 3 or 1 days, or has ended.',
  'monitoring.stopped': 'No region gives a sign of life, so monitors are not being watched.',
  'monitoring.resumed': 'They are being watched again.',
  'monitor.flapping': 'It goes down and up too often; its single incidents are silent until it is calm.',
  'monitor.calm': 'It has not changed for half an hour.',
  'channel.test': 'Somebody pressed “Send test”.',
  'channel.broken': 'Another channel refused an alert for good; nothing more is sent there until it is mended.',
};

const isType = (name: string): name is WebhookType => name in webhookData;

/** The body of a call as JSON Schema (2020-12). Fields may be added: a receiver ignores what it doesn't know. */
const schemaOf = (type: WebhookType) =>
  strict({ type: Type.Literal(type), timestamp: Instant, data: webhookData[type] });

const items = Object.keys(webhookData)
  .filter(isType)
  .map((type) => ({ type, description: descriptions[type], schema: schemaOf(type) }));

/** What webhooks can be told, published: for whoever writes a receiver. */
export const catalogueRoutes: FastifyPluginAsync = async (app) => {
  app.route(
    route(listWebhookEvents, async (_, reply) => {
      reply.header('cache-control', 'public, max-age=3600');
      return { items };
    }),
  );
};
