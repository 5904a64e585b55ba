import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { QuietHours, TimeZone } from './quiet-hours.ts';
import { Id, Instant, Name, nullable, Page, pageQuery, RegionId, strict, words } from './values.ts';

/** Where better-auth answers; the dashboard uses its own client for these. */
export const authBasePath = '/v1/auth';

/** How a person reads times: `auto` is as their language has it. */
export const Clock = words(['auto', '12h', '24h']);
export type Clock = Static<typeof Clock>;

export const getMe = defineEndpoint({
  method: 'GET',
  url: '/v1/me',
  operationId: 'getMe',
  summary: 'Who is calling, for which organisation, and what this installation offers',
  tag: 'accounts',
  access: 'read',
  schema: {
    response: {
      200: Type.Object({
        /** Null when an API key calls. */
        account: nullable(
          Type.Object({
            id: Id,
            name: Type.String(),
            email: Type.String(),
            emailVerified: Type.Boolean(),
            /** Times are told in it; null = the organisation's. */
            timeZone: nullable(TimeZone),
            quietHours: nullable(QuietHours),
            clock: Clock,
            /** Whether the log-in asks for a code besides the password. */
            twoFactor: Type.Boolean(),
          }),
        ),
        organisation: Type.Object({
          id: Id,
          name: Type.String(),
          role: nullable(words(['owner', 'member'])),
          timeZone: TimeZone,
          weeklyReport: Type.Boolean(),
          /** So many whole days (UTC), besides today, the response log is kept. */
          logDays: Type.Integer(),
        }),
        regions: Type.Array(RegionId),
        /** `files`: there is no SMTP server, mails are written to a folder and listed by listMails. */
        mail: words(['smtp', 'files']),
        /**
         * `GET /v1/events?lastEventId=…` with it tells everything that happened after this answer, so what is read between the
         * two misses nothing. Null while events are not to be had.
         */
        lastEventId: nullable(Type.String()),
      }),
    },
  },
});

/** Mails that were written to files because no SMTP server is set; only those addressed to the caller. */
export const listMails = defineEndpoint({
  method: 'GET',
  url: '/v1/mails',
  operationId: 'listMails',
  summary: 'Mails to your own address that were written to files, newest first (empty when SMTP is set)',
  tag: 'accounts',
  access: 'owner',
  schema: {
    querystring: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }) }),
    response: {
      200: Type.Object({
        items: Type.Array(
          Type.Object({
            file: Type.String(),
            at: Instant,
            to: Type.String(),
            subject: Type.String(),
            text: Type.String(),
          }),
        ),
      }),
    },
  },
});

export const ApiKeyView = Type.Object({
  id: Id,
  name: Type.String(),
  scope: words(['read', 'write']),
  /** The first characters, to tell keys apart: `fw_3kT9…`. */
  start: Type.String(),
  createdAt: Instant,
  lastUsedAt: nullable(Instant),
});
export type ApiKeyView = Static<typeof ApiKeyView>;

export const createApiKey = defineEndpoint({
  method: 'POST',
  url: '/v1/api-keys',
  operationId: 'createApiKey',
  summary: 'Make a key; it is shown this once and only its hash is kept',
  tag: 'api-keys',
  access: 'owner',
  problems: [409],
  schema: {
    body: strict({ name: Name(100), scope: words(['read', 'write']) }),
    response: { 201: Type.Object({ ...ApiKeyView.properties, key: Type.String() }) },
  },
});
export const listApiKeys = defineEndpoint({
  method: 'GET',
  url: '/v1/api-keys',
  operationId: 'listApiKeys',
  summary: 'The keys of the organisation, without their secrets',
  tag: 'api-keys',
  access: 'owner',
  schema: {
    querystring: pageQuery,
    response: { 200: Page(ApiKeyView) },
  },
});
export const revokeApiKey = defineEndpoint({
  method: 'DELETE',
  url: '/v1/api-keys/:apiKeyId',
  operationId: 'revokeApiKey',
  summary: 'Revoke a key; it stops working at once',
  tag: 'api-keys',
  access: 'owner',
  problems: [404],
  schema: { params: Type.Object({ apiKeyId: Id }), response: { 204: Type.Null() } },
});

export const updateMe = defineEndpoint({
  method: 'PATCH',
  url: '/v1/me',
  operationId: 'updateMe',
  summary: 'The own name, time zone, clock and quiet hours (JSON merge patch)',
  tag: 'accounts',
  access: 'write',
  problems: [409],
  schema: {
    body: strict({
      name: Type.Optional(Name(100)),
      timeZone: Type.Optional(nullable(TimeZone)),
      clock: Type.Optional(Clock),
      quietHours: Type.Optional(nullable(QuietHours)),
    }),
    response: { 200: getMe.schema.response[200] },
  },
});
export const updateOrganisation = defineEndpoint({
  method: 'PATCH',
  url: '/v1/organisation',
  operationId: 'updateOrganisation',
  summary: 'The organisation’s name, time zone, weekly report and how long its response log is kept (JSON merge patch)',
  tag: 'accounts',
  access: 'owner',
  schema: {
    body: strict({
      name: Type.Optional(Name(100)),
      timeZone: Type.Optional(TimeZone),
      weeklyReport: Type.Optional(Type.Boolean()),
      logDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 400 })),
    }),
    response: { 200: getMe.schema.response[200] },
  },
});
export const listMembers = defineEndpoint({
  method: 'GET',
  url: '/v1/members',
  operationId: 'listMembers',
  summary: 'The people of the organisation',
  tag: 'accounts',
  access: 'read',
  schema: {
    response: {
      200: Type.Object({
        items: Type.Array(
          Type.Object({ accountId: Id, name: Type.String(), email: Type.String(), role: words(['owner', 'member']) }),
        ),
      }),
    },
  },
});
