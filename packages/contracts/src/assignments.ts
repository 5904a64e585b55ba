import { type Static, Type } from 'typebox';
import { Assertions } from './assertions.ts';
import { ConnectionView } from './connection.ts';
import { defineEndpoint } from './endpoint.ts';
import { NewMonitor } from './monitors.ts';
import { Id, idPattern, nullable, RegionId } from './values.ts';

/** The part of a monitor a probe needs to do its work, and nothing more. Old probes outlive a deploy: only ever add. */
export const Assignment = Type.Object({
  monitorId: Id,
  url: NewMonitor.properties.url,
  method: Type.Enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  headers: Type.Optional(Type.Record(Type.String(), Type.String())),
  body: Type.Optional(nullable(Type.String())),
  verifyTls: Type.Optional(Type.Boolean()),
  /** The header that holds the monitor's credential. */
  secret: Type.Optional(nullable(Type.Object({ name: Type.String(), value: Type.String() }))),
  intervalMs: Type.Integer({ minimum: 1_000 }),
  timeoutMs: Type.Integer({ minimum: 100 }),
  maxRedirects: Type.Integer({ minimum: 0 }),
  expectedStatuses: Type.String(),
  /** Absent = none: a core of before there were any. */
  assertions: Type.Optional(Assertions),
  degradedAboveMs: Type.Optional(nullable(Type.Integer({ minimum: 1 }))),
  /** Absent = the defaults. */
  connection: Type.Optional(ConnectionView),
  /** All regions of the monitor, sorted: a region's place in the list staggers its looks. */
  regions: Type.Array(RegionId),
});
export type Assignment = Static<typeof Assignment>;

/**
 * Pulled by a probe with `Authorization: Bearer <region token>`; `If-None-Match` gives 304 while nothing changed. The ETag is
 * of the whole: whoever puts pages together keeps the first one's. A probe of before there were pages asks for all at once;
 * a core of before answers all and no `next`.
 */
export const getAssignments = defineEndpoint({
  method: 'GET',
  url: '/v1/probe/assignments',
  operationId: 'getAssignments',
  summary: 'What the calling region has to look at',
  tag: 'probe',
  access: 'probe',
  schema: {
    headers: Type.Object({ 'if-none-match': Type.Optional(Type.String()) }),
    querystring: Type.Object({
      after: Type.Optional(Type.String({ pattern: idPattern, description: 'the `next` of the page before' })),
      limit: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: 10_000,
          description: 'how many at most; fewer when they are big. Absent = all',
        }),
      ),
    }),
    response: {
      200: Type.Object({
        region: RegionId,
        assignments: Type.Array(Assignment),
        next: Type.Optional(
          Type.String({ description: 'there are more, after this one; absent = these are the last' }),
        ),
      }),
      304: nullable(Type.Null()),
    },
  },
});
