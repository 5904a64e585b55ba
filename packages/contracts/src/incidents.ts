import { type Static, Type } from 'typebox';
import { FailureSchema } from './check-results.ts';
import { defineEndpoint } from './endpoint.ts';
import { Id, Instant, InstantQuery, nullable, Page, RegionId, words } from './values.ts';

/** One unbroken run of the same failure in one region. `endedAt` is the first check that saw something else. */
export const SpanView = Type.Object({
  region: RegionId,
  /** `502`, `timeout`, `dns:ENOTFOUND`, … */
  code: Type.String(),
  failure: FailureSchema,
  startedAt: Instant,
  lastSeenAt: Instant,
  endedAt: nullable(Instant),
});
export type SpanView = Static<typeof SpanView>;

export const IncidentView = Type.Object({
  id: Id,
  monitorId: Id,
  monitorName: Type.String(),
  url: Type.String(),
  status: words(['open', 'resolved']),
  startedAt: Instant,
  resolvedAt: nullable(Instant),
  /** Why it ended: the site recovered, or the monitor was paused. */
  endReason: nullable(words(['recovered', 'paused'])),
  durationMs: nullable(Type.Integer()),
  cause: FailureSchema,
  /** One plain sentence. */
  summary: Type.String(),
  /** The regions that saw it when it was opened. */
  regions: Type.Array(RegionId),
  openedAt: Instant,
});
export type IncidentView = Static<typeof IncidentView>;

export const listIncidents = defineEndpoint({
  method: 'GET',
  url: '/v1/incidents',
  operationId: 'listIncidents',
  summary: 'Incidents, newest first; JSON pages, or a stream as NDJSON or CSV',
  tag: 'incidents',
  access: 'read',
  schema: {
    querystring: Type.Object({
      monitorId: Type.Optional(Id),
      status: Type.Optional(Type.Array(words(['open', 'resolved']), { maxItems: 2 })),
      from: Type.Optional(InstantQuery),
      to: Type.Optional(InstantQuery),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: { 200: Page(IncidentView) },
  },
});
export const getIncident = defineEndpoint({
  method: 'GET',
  url: '/v1/incidents/:incidentId',
  operationId: 'getIncident',
  summary: 'One incident with the spans of every code, by region',
  tag: 'incidents',
  access: 'read',
  problems: [404],
  schema: {
    params: Type.Object({ incidentId: Id }),
    response: { 200: Type.Object({ ...IncidentView.properties, spans: Type.Array(SpanView) }) },
  },
});
