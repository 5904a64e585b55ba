import { type Static, Type } from 'typebox';
import { CheckResultView, EvidenceSchema } from './check-results.ts';
import { defineEndpoint } from './endpoint.ts';
import { LookDetailsView } from './look-details.ts';
import { Id, Instant, nullable, Page, strict, words } from './values.ts';

// Read-only links: whoever holds one sees exactly what was shared, without an account, until it expires or is revoked.

/** What a link can show; additive only. */
const ShareKind = words(['look']);

export const ShareView = Type.Object({
  id: Id,
  kind: ShareKind,
  monitorId: Id,
  monitorName: Type.String(),
  /** Of a look: its id within the monitor's log. */
  subject: Type.String(),
  /** Whether the answer's body is shown too. */
  withBody: Type.Boolean(),
  /** Whoever shared it: a person, or an API key. */
  author: Type.String(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type ShareView = Static<typeof ShareView>;

export const createShare = defineEndpoint({
  method: 'POST',
  url: '/v1/shares',
  operationId: 'createShare',
  summary: 'Share one look by a read-only link; the link is shown this once',
  tag: 'shares',
  access: 'write',
  problems: [404, 409],
  schema: {
    body: strict({
      kind: ShareKind,
      monitorId: Id,
      resultId: CheckResultView.properties.id,
      expiresInDays: Type.Optional(Type.Enum([1, 7, 30], { default: 7 })),
      /** Also the body of the answer, which may hold anything. */
      withBody: Type.Optional(Type.Boolean({ default: false })),
    }),
    response: { 201: Type.Object({ ...ShareView.properties, url: Type.String() }) },
  },
});
export const listShares = defineEndpoint({
  method: 'GET',
  url: '/v1/shares',
  operationId: 'listShares',
  summary: 'The links that still work, newest first',
  tag: 'shares',
  access: 'read',
  schema: {
    querystring: Type.Object({
      monitorId: Type.Optional(Id),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
      cursor: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: { 200: Page(ShareView) },
  },
});
export const revokeShare = defineEndpoint({
  method: 'DELETE',
  url: '/v1/shares/:share',
  operationId: 'revokeShare',
  summary: 'Revoke a link, by its id: it shows nothing any more',
  tag: 'shares',
  access: 'write',
  problems: [404],
  schema: { params: Type.Object({ share: Id }), response: { 204: Type.Null() } },
});

const SharedLook = Type.Object({
  kind: Type.Literal('look'),
  monitorName: Type.String(),
  /** Without what follows the question mark. */
  url: Type.String(),
  method: Type.String(),
  createdAt: Instant,
  expiresAt: Instant,
  result: CheckResultView,
  /** Values of headers that may be secret are left out: `…`. */
  evidence: nullable(EvidenceSchema),
  /** Whether the body of the answer was shared; otherwise it is empty. */
  withBody: Type.Boolean(),
  /** Without what the origin behind a CDN answered. */
  details: nullable(LookDetailsView),
  detailsOf: nullable(CheckResultView.properties.id),
});
export type SharedLook = Static<typeof SharedLook>;

export const getShare = defineEndpoint({
  method: 'GET',
  url: '/v1/shares/:share',
  operationId: 'getShare',
  summary: 'What was shared, by the token of its link; the same 404 for one that is unknown, expired or revoked',
  tag: 'shares',
  access: 'public',
  problems: [404],
  schema: {
    params: Type.Object({ share: Type.String({ minLength: 1, maxLength: 200 }) }),
    response: { 200: SharedLook },
  },
});
