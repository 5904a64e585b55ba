import type { Static, TSchema } from 'typebox';

/** Who may call: anyone; a session or key that may read; one that may write; the organisation's owner in person; a probe. */
export type Access = 'public' | 'read' | 'write' | 'owner' | 'probe';

export type EndpointSchema = Readonly<{
  params?: TSchema;
  querystring?: TSchema;
  headers?: TSchema;
  body?: TSchema;
  response: Readonly<Record<number, TSchema>>;
}>;

export type Endpoint = Readonly<{
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Fastify's spelling: `/v1/monitors/:id`. */
  url: string;
  operationId: string;
  summary: string;
  tag: string;
  access: Access;
  /** Problem statuses this operation can answer with, besides 400, 401, 403, 406, 413, 415, 429 and 500, which every one has. */
  problems?: readonly number[];
  /** Of a body that is no JSON: its media types. The route reads it as it streams in. */
  consumes?: readonly string[];
  schema: EndpointSchema;
}>;

/** Keeps the literal types, so that the client and the route are typed by the same object. */
export const defineEndpoint = <const E extends Endpoint>(endpoint: E): E => endpoint;

type Part<E extends Endpoint, K extends keyof EndpointSchema> =
  E['schema'] extends Readonly<Record<K, infer S>> ? (S extends TSchema ? Static<S> : never) : never;
/** What a client hands to an endpoint and gets back; `never` where the endpoint has no such part. */
export type ParamsOf<E extends Endpoint> = Part<E, 'params'>;
/** Defaults are filled in by the server, so a client may leave anything out. */
export type QueryOf<E extends Endpoint> = Partial<Part<E, 'querystring'>>;
export type BodyOf<E extends Endpoint> = Part<E, 'body'>;
type Good<E extends Endpoint> = keyof E['schema']['response'] & (200 | 201 | 202 | 204);
export type ReplyOf<E extends Endpoint> = {
  [S in Good<E>]: E['schema']['response'][S] extends TSchema ? Static<E['schema']['response'][S]> : never;
}[Good<E>];
