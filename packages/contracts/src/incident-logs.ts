import { type Static, Type } from 'typebox';
import { causeWords } from './causes.ts';
import { defineEndpoint } from './endpoint.ts';
import { Id, Instant, nullable, RegionId, words } from './values.ts';

const Cause = words(causeWords);
const Count = Type.Integer({ minimum: 0 });
const LogFormat = words(['nginx', 'apache', 'haproxy', 'php-fpm', 'caddy', 'system']);

/** What a log says, read against an incident's times: packages/diagnosis' LogReading, moments as text. */
export const LogReadingView = Type.Object({
  formats: Type.Array(LogFormat),
  lines: Count,
  /** Lines that were parsed but say nothing of an upstream, and those that were not understood. */
  others: Count,
  unknown: Count,
  unknownExamples: Type.Array(Type.String()),
  /** What was added to the log's clock to reach UTC, found by comparison. */
  shiftMs: Type.Integer(),
  /** Most within the incident first. */
  counts: Type.Array(
    Type.Object({
      cause: Cause,
      upstream: nullable(Type.String({ examples: ['127.0.0.1:9000'] })),
      count: Count,
      within: Count,
      firstAt: nullable(Instant),
      lastAt: nullable(Instant),
      /** Causes that such lines can't be told from; left out = none. */
      alike: Type.Optional(Type.Array(Cause)),
      /** One such line, redacted. */
      example: Type.String(),
    }),
  ),
  /** At most 200, redacted, in the order of time. */
  entries: Type.Array(
    Type.Object({
      line: Type.Integer({ minimum: 1 }),
      format: LogFormat,
      /** After the time-zone shift; null = it bears no time. */
      at: nullable(Instant),
      cause: nullable(Cause),
      upstream: nullable(Type.String()),
      /** Whether it lies within the incident; null = it can't be said. */
      within: nullable(Type.Boolean()),
      /** The regions whose failing checks it stands beside, to the second. */
      regions: Type.Array(RegionId),
      text: Type.String(),
    }),
  ),
});
export type LogReadingView = Static<typeof LogReadingView>;

export const IncidentLogView = Type.Object({
  id: Id,
  incidentId: Id,
  /** As it was called by whoever handed it in. */
  name: Type.String({ examples: ['error.log'] }),
  uploadedAt: Instant,
  /** `accountId` null: by an API key. */
  uploadedBy: Type.Object({ accountId: nullable(Id), name: Type.String() }),
  /** Of the text; nothing of it is kept but the reading. */
  bytes: Count,
  reading: LogReadingView,
});
export type IncidentLogView = Static<typeof IncidentLogView>;

/** More text than this is refused (413), and more logs than these on one incident (409). */
export const maxLogBytes = 10_485_760;
export const maxLogsPerIncident = 10;

const params = Type.Object({ incidentId: Id });
const base = { tag: 'incidents', url: '/v1/incidents/:incidentId/logs' } as const;

/** The text is the request's body, as it is or with `Content-Encoding: gzip`. */
export const uploadLog = defineEndpoint({
  ...base,
  method: 'POST',
  operationId: 'uploadIncidentLog',
  summary:
    'Have a log read into an incident: nginx, Apache httpd, HAProxy, PHP-FPM or Caddy JSON, up to 10 MB; only what was read is kept, without client addresses, cookies and query strings, and the diagnosis is made anew',
  access: 'write',
  problems: [404, 409],
  consumes: ['text/plain', 'application/octet-stream'],
  schema: {
    params,
    querystring: Type.Object({
      /** What to call it in lists. */
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 200, examples: ['error.log'] })),
    }),
    response: { 201: IncidentLogView },
  },
});
export const listLogs = defineEndpoint({
  ...base,
  method: 'GET',
  operationId: 'listIncidentLogs',
  summary: 'The logs that were read into an incident, newest first: at most 10',
  access: 'read',
  problems: [404],
  schema: { params, response: { 200: Type.Object({ items: Type.Array(IncidentLogView) }) } },
});
export const deleteLog = defineEndpoint({
  ...base,
  method: 'DELETE',
  url: '/v1/incidents/:incidentId/logs/:logId',
  operationId: 'deleteIncidentLog',
  summary: 'Take a log back; the diagnosis is made anew without it',
  access: 'write',
  problems: [404],
  schema: { params: Type.Object({ incidentId: Id, logId: Id }), response: { 204: Type.Null() } },
});
