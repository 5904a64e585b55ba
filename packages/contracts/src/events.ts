import { type Static, Type } from 'typebox';
import { CheckResultView } from './check-results.ts';
import { DeliveryView } from './deliveries.ts';
import { DiagnosisBrief } from './diagnosis.ts';
import { defineEndpoint } from './endpoint.ts';
import { IncidentView } from './incidents.ts';
import { MonitorStatus } from './monitors.ts';
import { Id, Instant } from './values.ts';

/** A monitor has come into a maintenance window, or out of it. */
const Maintenance = Type.Object({ monitorId: Id, windowId: Id, name: Type.String(), until: Instant });

/** What `GET /v1/events` and webhooks tell, by event name; additive only. */
export const eventData = {
  'monitor.status-changed': Type.Object({ monitorId: Id, status: MonitorStatus, statusSince: Instant }),
  'maintenance.started': Maintenance,
  'maintenance.ended': Maintenance,
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
  summary: 'Live changes as server-sent events; an event `heartbeat` every 15 s keeps the line open',
  tag: 'events',
  access: 'read',
  schema: {
    querystring: Type.Object({
      monitorId: Type.Optional(Id),
      /** As the header `Last-Event-ID`, which goes before it: for a caller that can set no header on its first request. */
      lastEventId: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })),
    }),
    response: { 200: Type.String({ description: 'text/event-stream' }) },
  },
});

/** Who has it. */
const By = Type.Object({ name: Type.String(), via: Type.String() });
const incident = {
  incident: IncidentView,
  incidentUrl: Type.String(),
  /** As it stands when the message is made; absent where there is none. */
  diagnosis: Type.Optional(DiagnosisBrief),
};

const flapping = { monitorId: Id, monitorName: Type.String(), url: Type.String(), since: Instant };

/** What a webhook is told, by type: the catalogue. Additive only. */
export const webhookData = {
  'incident.opened': Type.Object(incident),
  'incident.escalated': Type.Object({ ...incident, round: Type.Integer(), step: Type.Integer() }),
  'incident.reminder': Type.Object(incident),
  'incident.acknowledged': Type.Object({ ...incident, acknowledgedBy: By }),
  'incident.resolved': Type.Object(incident),
  'certificate.expiring': Type.Object({
    monitorId: Id,
    monitorName: Type.String(),
    url: Type.String(),
    expiresAt: Instant,
    daysLeft: Type.Integer(),
  }),
  'monitoring.stopped': Type.Object({ regions: Type.Array(Type.String()), monitors: Type.Integer(), since: Instant }),
  'monitoring.resumed': Type.Object({ regions: Type.Array(Type.String()), monitors: Type.Integer(), since: Instant }),
  'monitor.flapping': Type.Object(flapping),
  'monitor.calm': Type.Object(flapping),
  'channel.test': Type.Object({ message: Type.String() }),
  'channel.broken': Type.Object({ channelId: Id, channelName: Type.String(), reason: Type.String() }),
} as const;
export type WebhookType = keyof typeof webhookData;

/** The body of a webhook call: Standard Webhooks' shape. `id` of the delivery goes into the `webhook-id` header. */
export type WebhookBody = {
  [T in WebhookType]: Readonly<{ type: T; timestamp: string; data: Static<(typeof webhookData)[T]> }>;
}[WebhookType];

/** The JSON Schema of every body a webhook can get, by type. */
export const listWebhookEvents = defineEndpoint({
  method: 'GET',
  url: '/v1/webhook-events',
  operationId: 'listWebhookEvents',
  summary: 'The catalogue of webhook events with the JSON Schema of each body',
  tag: 'events',
  access: 'public',
  schema: {
    response: {
      200: Type.Object({
        items: Type.Array(Type.Object({ type: Type.String(), description: Type.String(), schema: Type.Unknown() })),
      }),
    },
  },
});
