import { createHash } from 'node:crypto';
import fastify, {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';

const inlineScript = /<script type="text\/javascript">([\s\S]*?)<\/script>/u;

/**
 * The reader's page starts itself by one inline script: exactly that one may run, by its hash. It brings its style in
 * elements of its own; on this page alone, where nothing of a user's is shown, they are let in.
 */
const readerPolicy = (policy: string, script: string): string =>
  policy
    .replace("script-src 'self'", `script-src 'self' 'sha256-${createHash('sha256').update(script).digest('base64')}'`)
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    .replace("img-src 'self'", "img-src 'self' data:")
    .replace("font-src 'self'", "font-src 'self' data:");

const routePrefix = '/docs';

/** The reader is 5 MB of text, four times that in memory: it is loaded when somebody wants to read, and mostly nobody does. */
const openReader = async (): Promise<FastifyInstance> => {
  const { default: reference } = await import('@scalar/fastify-api-reference');
  const reader = fastify();
  await reader.register(reference, {
    routePrefix,
    configuration: {
      url: '/openapi.json',
      pageTitle: 'Farwatch API',
      withDefaultFonts: false, // they would come from elsewhere
      telemetry: false,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
      hideClientButton: true,
    },
  });
  return reader;
};

const passedOn = ['content-type', 'cache-control', 'etag', 'location'];

/** The API's reader at /docs. */
export const apiReader: FastifyPluginAsync = async (app) => {
  app.addHook('onSend', async (_request, reply, payload) => {
    const script = typeof payload === 'string' ? inlineScript.exec(payload)?.[1] : undefined;
    const policy = reply.getHeader('content-security-policy');
    if (script === undefined || typeof policy !== 'string') return payload;
    reply.header('content-security-policy', readerPolicy(policy, script));
    return payload;
  });
  let reader: Promise<FastifyInstance> | null = null;
  const read = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reader ??= openReader();
    const answer = await (await reader).inject({ method: 'GET', url: request.url });
    if (answer.statusCode === 404) {
      reply.callNotFound();
      return reply;
    }
    for (const name of passedOn) {
      const value = answer.headers[name];
      if (value !== undefined) reply.header(name, value);
    }
    const { statusCode, payload, rawPayload } = answer;
    if (payload === '') return reply.code(statusCode).send();
    const isPage = String(answer.headers['content-type']).startsWith('text/html');
    return reply.code(statusCode).send(isPage ? payload : rawPayload);
  };
  app.get(routePrefix, { schema: { hide: true } }, read);
  app.get(`${routePrefix}/*`, { schema: { hide: true } }, read);
};
