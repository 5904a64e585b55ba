import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { ScopeSchema } from './scope.ts';
import { Id, Instant, InstantQuery, Name, Page, strict, words } from './values.ts';

/** What people and their CI say. */
const SetKind = words(['deploy', 'config', 'note']);
/** `certificate`: looks saw another one, by its end. */
const MarkKind = words(['deploy', 'config', 'note', 'certificate']);
const text = Name(500, ['v1.42.0']);

export const MarkView = Type.Object({
  id: Id,
  kind: MarkKind,
  text: Type.String(),
  at: Instant,
  appliesTo: ScopeSchema,
  /** Whoever set it: a person, an API key, or Farwatch where looks saw it. */
  author: Type.String(),
  createdAt: Instant,
});
export type MarkView = Static<typeof MarkView>;

export const createMark = defineEndpoint({
  method: 'POST',
  url: '/v1/marks',
  operationId: 'createMark',
  summary: 'Say that something happened: a deploy, a changed configuration; charts show it, incidents name it',
  tag: 'marks',
  access: 'write',
  schema: {
    body: strict({
      kind: SetKind,
      text,
      /** Now, when left out; at most 30 days ago. */
      at: Type.Optional(Instant),
      /** All monitors, when left out. */
      appliesTo: Type.Optional(ScopeSchema),
    }),
    response: { 201: MarkView },
  },
});
export const listMarks = defineEndpoint({
  method: 'GET',
  url: '/v1/marks',
  operationId: 'listMarks',
  summary: 'What happened, newest first; of one monitor with what was for its tags and for all',
  tag: 'marks',
  access: 'read',
  schema: {
    querystring: Type.Object({
      monitorId: Type.Optional(Id),
      kind: Type.Optional(Type.Array(MarkKind, { maxItems: 4 })),
      from: Type.Optional(InstantQuery),
      to: Type.Optional(InstantQuery),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: { 200: Page(MarkView) },
  },
});
export const deleteMark = defineEndpoint({
  method: 'DELETE',
  url: '/v1/marks/:markId',
  operationId: 'deleteMark',
  summary: 'Take it back',
  tag: 'marks',
  access: 'write',
  problems: [404],
  schema: { params: Type.Object({ markId: Id }), response: { 204: Type.Null() } },
});
