import { type Static, Type } from 'typebox';
import { FailureSchema } from './check-results.ts';
import { attachReasons } from './decisions.ts';
import { defineEndpoint } from './endpoint.ts';
import { MarkView } from './marks.ts';
import { SeverityWord } from './quiet-hours.ts';
import { Id, Instant, InstantQuery, nullable, Page, RegionId, strict, words } from './values.ts';

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

/**
 * Between which looks something began and ended: the beginning of the last good look, the end of the first bad one, the
 * beginning of the last bad one, the end of the first good one. Null = no such look is known (yet).
 */
export const BoundsView = Type.Object({
  lastGoodAt: nullable(Instant),
  firstBadAt: nullable(Instant),
  lastBadAt: nullable(Instant),
  firstGoodAt: nullable(Instant),
});
export type BoundsView = Static<typeof BoundsView>;

export const IncidentView = Type.Object({
  id: Id,
  monitorId: Id,
  monitorName: Type.String(),
  url: Type.String(),
  status: words(['open', 'resolved']),
  startedAt: Instant,
  resolvedAt: nullable(Instant),
  /** Why it ended: the site recovered, the monitor was paused, or later looks showed that it was none. */
  endReason: nullable(words(['recovered', 'paused', 'withdrawn'])),
  durationMs: nullable(Type.Integer()),
  /** The start and the clear lie between these. */
  bounds: BoundsView,
  cause: FailureSchema,
  /** One plain sentence. */
  summary: Type.String(),
  /** The regions that saw it when it was opened. */
  regions: Type.Array(RegionId),
  openedAt: Instant,
  severity: SeverityWord,
  acknowledgedAt: nullable(Instant),
  /** Who has it, and how they said so: `page`, `api`, `slack`, `telegram`, `sms`, `voice`, `link`. */
  acknowledgedBy: nullable(Type.Object({ accountId: nullable(Id), name: Type.String(), via: Type.String() })),
  assigneeId: nullable(Id),
  /** No escalation and no reminder before this moment. */
  snoozedUntil: nullable(Instant),
  postMortem: nullable(Type.String()),
  postMortemAt: nullable(Instant),
  /** The incident it is part of, and why; null = it stands by itself. */
  parentIncidentId: nullable(Id),
  attachedBecause: nullable(words(attachReasons)),
  /** The host, address, … that both have. */
  attachedTo: nullable(Type.String()),
});
export type IncidentView = Static<typeof IncidentView>;

/** One code as all regions together saw it; `endedAt` null while some region still sees it. */
export const CodeSpanView = Type.Object({
  code: Type.String({ examples: ['502'] }),
  startedAt: Instant,
  endedAt: nullable(Instant),
  regions: Type.Array(RegionId),
});
export type CodeSpanView = Static<typeof CodeSpanView>;

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
      /** Part of the monitor's name or URL, whatever its case. */
      search: Type.Optional(Type.String({ maxLength: 200 })),
      /** For links in a page, which can't say what they accept. */
      format: Type.Optional(Type.Enum(['json', 'ndjson', 'csv'])),
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
    response: {
      200: Type.Object({
        ...IncidentView.properties,
        spans: Type.Array(SpanView),
        /** The spans of all regions put together by code, oldest first. */
        codes: Type.Array(CodeSpanView),
        /** The start and the clear as each region saw them. */
        regionBounds: Type.Array(Type.Object({ region: RegionId, ...BoundsView.properties })),
        /** What happened within the 30 minutes before its start, newest first. */
        marks: Type.Array(MarkView),
        /** The incidents that are, or were, part of it. */
        children: Type.Array(
          Type.Object({
            id: Id,
            monitorId: Id,
            monitorName: Type.String(),
            status: words(['open', 'resolved']),
            attachedBecause: words(attachReasons),
          }),
        ),
      }),
    },
  },
});

const params = Type.Object({ incidentId: Id });
const base = { tag: 'incidents', access: 'write' } as const;
export const acknowledgeIncident = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/incidents/:incidentId/acknowledge',
  operationId: 'acknowledgeIncident',
  summary: 'Say that you have it: escalation stops and everybody who was told is told; a second time changes nothing',
  problems: [404, 409],
  schema: { params, response: { 200: IncidentView } },
});
export const unacknowledgeIncident = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/incidents/:incidentId/unacknowledge',
  operationId: 'unacknowledgeIncident',
  summary: 'Give it back: escalation goes on with its next step',
  problems: [404, 409],
  schema: { params, response: { 200: IncidentView } },
});
export const assignIncident = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/incidents/:incidentId/assign',
  operationId: 'assignIncident',
  summary: 'Give an incident to a member, or to nobody',
  problems: [404],
  schema: { params, body: strict({ accountId: nullable(Id) }), response: { 200: IncidentView } },
});
export const snoozeIncident = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/incidents/:incidentId/snooze',
  operationId: 'snoozeIncident',
  summary: 'No escalation and no reminder before this moment (at most 7 days ahead); null ends it',
  problems: [404, 409],
  schema: { params, body: strict({ until: nullable(Instant) }), response: { 200: IncidentView } },
});

/** What people wrote and did, in order. */
export const CommentView = Type.Object({
  id: Id,
  kind: words(['comment', 'acknowledged', 'unacknowledged', 'assigned', 'snoozed', 'post-mortem']),
  accountId: nullable(Id),
  author: Type.String(),
  text: Type.String(),
  createdAt: Instant,
});
export type CommentView = Static<typeof CommentView>;
export const listComments = defineEndpoint({
  method: 'GET',
  url: '/v1/incidents/:incidentId/comments',
  operationId: 'listIncidentComments',
  summary: 'What people wrote and did about an incident, oldest first',
  tag: 'incidents',
  access: 'read',
  problems: [404],
  schema: {
    params,
    querystring: Type.Object({
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 100 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: { 200: Page(CommentView) },
  },
});
export const addComment = defineEndpoint({
  ...base,
  method: 'POST',
  url: '/v1/incidents/:incidentId/comments',
  operationId: 'addIncidentComment',
  summary: 'Write something down for the others',
  problems: [404, 409],
  schema: {
    params,
    body: strict({ text: Type.String({ minLength: 1, maxLength: 10_000 }) }),
    response: { 201: CommentView },
  },
});
const PostMortemText = nullable(Type.String({ minLength: 1, maxLength: 50_000 }));
/** Its ETag is sent back as `If-Match` by whoever wants to overwrite no change of somebody else's. */
export const getPostMortem = defineEndpoint({
  method: 'GET',
  url: '/v1/incidents/:incidentId/post-mortem',
  operationId: 'getPostMortem',
  summary: 'The post-mortem as Markdown, with an ETag for the next change',
  tag: 'incidents',
  access: 'read',
  problems: [404],
  schema: { params, response: { 200: Type.Object({ text: PostMortemText, writtenAt: nullable(Instant) }) } },
});
export const writePostMortem = defineEndpoint({
  ...base,
  method: 'PUT',
  url: '/v1/incidents/:incidentId/post-mortem',
  operationId: 'writePostMortem',
  summary:
    'What happened and what will keep it from happening again, as Markdown; null takes it away. `If-Match` is honoured',
  problems: [404, 412],
  schema: {
    params,
    body: strict({ text: PostMortemText }),
    response: { 200: IncidentView },
  },
});
