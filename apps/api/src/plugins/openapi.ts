import { Problem } from '@farwatch/contracts';
import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import fp from 'fastify-plugin';
import { apiReader } from './api-reader.ts';
import { describeOperation } from './describe-operation.ts';

export type OpenApiOptions = Readonly<{ publicUrl: string }>;

const description = `Farwatch watches URLs from several regions and tells you what broke, since when and why.

Call it with a session cookie or with \`Authorization: Bearer fw_…\`. Errors are RFC 9457 problems with a stable \`code\`.
Lists are paged by opaque cursors. POSTs take an \`Idempotency-Key\`, PATCHes an \`If-Match\`. Changes within /v1 only add.`;

const tags = [
  { name: 'accounts', description: 'Signing up and in, and who is calling' },
  { name: 'api-keys', description: 'Keys for programs' },
  { name: 'monitors', description: 'What is watched' },
  { name: 'results', description: 'The response log' },
  { name: 'incidents', description: 'Stretches of down' },
  { name: 'channels', description: 'Where alerts go' },
  { name: 'deliveries', description: 'What was sent, and how it went' },
  { name: 'links', description: 'What the links in messages lead to' },
  { name: 'events', description: 'Live changes' },
  { name: 'regions', description: 'Places to look from' },
  { name: 'probe', description: 'For probes, with a region’s token' },
];

/** The OpenAPI 3.1 document at /openapi.json, made from the endpoints' own schemas, and its reader at /docs. */
export const openApi = fp(async (app: FastifyInstance, { publicUrl }: OpenApiOptions) => {
  app.addSchema({ $id: 'Problem', ...Problem });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Farwatch', version: '1.0.0', description, license: { name: 'Apache-2.0' } },
      servers: [{ url: publicUrl }],
      tags,
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `fw_…`' },
          session: { type: 'apiKey', in: 'cookie', name: 'farwatch.session', description: 'Set by signing in' },
          regionToken: { type: 'http', scheme: 'bearer', description: 'The token of a region, for its probes' },
        },
      },
    },
    hideUntagged: true,
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${i}`) },
    transform: ({ schema, url, route }) => ({
      url,
      schema: describeOperation(schema as FastifySchema, route.config ?? {}, route.method) as FastifySchema, // documentation only; never validates
    }),
  });
  app.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  );
  await app.register(apiReader);
});
