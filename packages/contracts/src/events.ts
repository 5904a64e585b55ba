import { type Static, Type } from 'typebox';
import { DeliveryView } from './channels.ts';
import { CheckResultView } from './check-results.ts';
import { defineEndpoint } from './endpoint.ts';
import { IncidentView } from './incidents.ts';
import { MonitorStatus } from './monitors.ts';
import { Id, Instant } from './values.ts';

/** What `GET /v1/events` and webhooks tell, by event name; additive only. */
export const eventData = {
  'monitor.status-changed': Type.Object({ monitorId: Id, status: MonitorStatus, statusSince: Instant }),
  'incident.opened': IncidentView,
  'incident.updated': IncidentView,
  'incident.resolved': IncidentView,
  'check.completed': CheckResultView,
  'delivery.updated': Type.Object({ deliveryId: Id, status: DeliveryView.properties.status }),
  'delivery.failed': Type.Object({ deliveryId: Id, status: DeliveryView.properties.status }),
} as const;
export type EventType = keyof typeof eventData;
export type EventOf<T extends EventType> = Readonly<{ type: T; data: Static<(typeof eventData)[T]> }>;

/** Every event but `check.completed` carries an id and is kept a day, so `Last-Event-ID` resumes without a gap. */
export const streamEvents = defineEndpoint({
  method: 'GET',
  url: '/v1/events',
  operationId: 'streamEvents',
  summary: 'Live changes as server-sent events; a comment every 15 s keeps the line open',
  tag: 'events',
  access: 'read',
  schema: {
    querystring: Type.Object({ monitorId: Type.Optional(Id) }),
    response: { 200: Type.String({ description: 'text/event-stream' }) },
  },
});

/** The body of a webhook call: Standard Webhooks' shape. `id` of the delivery goes into the `webhook-id` header. */
export const WebhookBody = Type.Object({
  type: Type.Enum(['incident.opened', 'incident.resolved', 'channel.test']),
  timestamp: Instant,
  data: Type.Union([
    Type.Object({ incident: IncidentView, incidentUrl: Type.String() }),
    Type.Object({ message: Type.String() }),
  ]),
});
export type WebhookBody = Static<typeof WebhookBody>;
