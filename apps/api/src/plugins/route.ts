import type { Endpoint } from '@farwatch/contracts';
import type { FastifyContextConfig, FastifyReply, FastifyRequest, FastifySchema, RouteOptions } from 'fastify';
import type { Static, TSchema } from 'typebox';

type Part<S> = S extends TSchema ? Static<S> : unknown;
type Responses<E extends Endpoint> = E['schema']['response'];
/** What a handler may answer: the body of any 2xx of its endpoint; nothing for 204. */
type Answer<E extends Endpoint> = {
  [S in keyof Responses<E>]: S extends 204 ? undefined : Part<Responses<E>[S]>;
}[keyof Responses<E>];

type TypedRequest<E extends Endpoint> = FastifyRequest<{
  Params: 'params' extends keyof E['schema'] ? Part<E['schema']['params']> : unknown;
  Querystring: 'querystring' extends keyof E['schema'] ? Part<E['schema']['querystring']> : unknown;
  Headers: 'headers' extends keyof E['schema'] ? Part<E['schema']['headers']> : Record<never, never>;
  Body: 'body' extends keyof E['schema'] ? Part<E['schema']['body']> : unknown;
}>;

/** Answers the body; or sends by itself (streams, 304) and answers `reply`. */
export type Handler<E extends Endpoint> = (
  request: TypedRequest<E>,
  reply: FastifyReply,
  // biome-ignore lint/suspicious/noConfusingVoidType: a 204 handler has nothing to return
) => Promise<Answer<E> | FastifyReply | void>;

const successOf = ({ schema }: Endpoint): number =>
  Number(Object.keys(schema.response).find((status) => status.startsWith('2')) ?? 200);

/**
 * A Fastify route from an endpoint: `app.route(route(getMonitor, async (request) => monitorView(…)))`. The reply's
 * status is the endpoint's own 2xx unless the handler sets another. Access control reads `config.access`.
 */
export const route = <E extends Endpoint>(endpoint: E, handler: Handler<E>): RouteOptions => {
  const { method, url, operationId, summary, tag, access, problems = [], consumes, schema } = endpoint;
  const success = successOf(endpoint);
  const described: FastifySchema & Record<string, unknown> = {
    ...schema,
    operationId,
    summary,
    tags: [tag],
  };
  const config: FastifyContextConfig = { access, problems, ...(consumes === undefined ? {} : { consumes }) };
  return {
    method,
    url,
    schema: described,
    config,
    handler: async (request, reply) => {
      reply.code(success);
      const answer = await handler(request as TypedRequest<E>, reply); // the endpoint's schemas have just checked it
      if (answer === reply || reply.sent) return reply;
      return success === 204 ? reply.send() : answer;
    },
  };
};
