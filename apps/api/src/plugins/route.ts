import type { Access, Endpoint } from '@farwatch/contracts';
import type { FastifyReply, FastifyRequest, FastifySchema, RouteOptions } from 'fastify';
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

/** Every operation can answer with these. */
const commonProblems = [400, 401, 403, 406, 413, 415, 429, 500];
const successOf = ({ schema }: Endpoint): number =>
  Number(Object.keys(schema.response).find((status) => status.startsWith('2')) ?? 200);

const problemResponses = ({ problems = [], access }: Endpoint) =>
  Object.fromEntries(
    [...new Set([...commonProblems, ...problems])]
      .filter((status) => access !== 'public' || (status !== 401 && status !== 403))
      .toSorted((a, b) => a - b)
      .map((status) => [status, { $ref: 'Problem#' }]),
  );

/**
 * A Fastify route from an endpoint: `app.route(route(getMonitor, async (request) => monitorView(…)))`. The reply's
 * status is the endpoint's own 2xx unless the handler sets another. Access control reads `config.access`.
 */
export const route = <E extends Endpoint>(endpoint: E, handler: Handler<E>): RouteOptions => {
  const { method, url, operationId, summary, tag, access, schema } = endpoint;
  const success = successOf(endpoint);
  const described: FastifySchema & Record<string, unknown> = {
    ...schema,
    response: { ...schema.response, ...problemResponses(endpoint) },
    operationId,
    summary,
    tags: [tag],
  };
  const config: { access: Access } = { access };
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
