import { Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { IncidentView } from './incidents.ts';
import { nullable, strict, words } from './values.ts';

// What the links in messages lead to: the page shows it, and a press of its button does it. A link alone does nothing,
// because mail programs open links by themselves.

const token = Type.String({ minLength: 1, maxLength: 1_000 });
const base = { tag: 'links', access: 'public', problems: [404] } as const;

/** What the message told, and no more: whoever holds a link need not be who got it. */
const ToldIncident = Type.Pick(IncidentView, ['id', 'monitorName', 'status', 'startedAt', 'resolvedAt', 'summary']);

/** What a link is for. `used`: it was done already. */
const LinkView = Type.Object({
  purpose: words(['acknowledge', 'confirm', 'unsubscribe']),
  used: Type.Boolean(),
  /** The channel it was sent to. */
  channelName: Type.String(),
  organisationName: Type.String(),
  incidents: Type.Array(ToldIncident),
  /** Who has it already; null = nobody yet. */
  acknowledgedBy: nullable(Type.String()),
});
export const getLink = defineEndpoint({
  ...base,
  method: 'GET',
  url: '/v1/links/:token',
  operationId: 'getLink',
  summary: 'What a link from a message is for; changes nothing',
  schema: { params: Type.Object({ token }), response: { 200: LinkView } },
});
export const followLink = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/links',
  operationId: 'followLink',
  summary: 'Do what a link from a message is for: acknowledge, confirm an address, or stop its messages',
  schema: { body: strict({ token }), response: { 200: LinkView } },
});
