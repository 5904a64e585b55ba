import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { Id, Instant, nullable, Page, words } from './values.ts';

/** Why an incident may be part of another one. */
export const attachReasons = ['parent', 'host', 'address', 'certificate', 'name-server'] as const;

/** Why it alerted, or did not; additive only. The first group is decided, the others are told by deliveries and people. */
export const decisionCodes = [
  'policy',
  'alert-after',
  'maintenance',
  'maintenance-over',
  'parent-suspected',
  'parent-cleared',
  'parent-down',
  'parent-over',
  'shared-cause',
  'shared-cause-over',
  'nobody-reached',
  'over-untold',
  'told',
  'waiting',
  'quiet-hours',
  'failed',
  'dropped',
  'acknowledged',
  'unacknowledged',
  'snoozed',
] as const;
export type DecisionCode = (typeof decisionCodes)[number];

export const DecisionView = Type.Object({
  at: Instant,
  code: words(decisionCodes),
  /** What it did to the alert: it was told, it is or was silent, or it only explains. */
  effect: words(['told', 'silent', 'note']),
  /** One plain sentence. */
  text: Type.String(),
  /** Silent until then. */
  until: nullable(Instant),
  /** What it was because of. */
  windowId: nullable(Id),
  incidentId: nullable(Id),
  monitorId: nullable(Id),
  deliveryId: nullable(Id),
  channelId: nullable(Id),
  policyId: nullable(Id),
});
export type DecisionView = Static<typeof DecisionView>;

export const listDecisions = defineEndpoint({
  method: 'GET',
  url: '/v1/incidents/:incidentId/decisions',
  operationId: 'listIncidentDecisions',
  summary: 'Why this alerted, or did not: every decision, oldest first',
  tag: 'incidents',
  access: 'read',
  problems: [404],
  schema: {
    params: Type.Object({ incidentId: Id }),
    querystring: Type.Object({
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 100 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: { 200: Page(DecisionView) },
  },
});
