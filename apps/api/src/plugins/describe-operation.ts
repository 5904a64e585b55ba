import type { Access } from '@farwatch/contracts';
import type { FastifySchema } from 'fastify';

type Described = Readonly<{ access?: Access; problems?: readonly number[]; consumes?: readonly string[] }>;
type Json = Readonly<Record<string, unknown>>;

/** Every operation can answer with these, besides its own. */
const commonProblems = [400, 401, 403, 406, 413, 415, 429, 500];
const problemWords: Readonly<Record<number, string>> = {
  400: 'Something in the request is not as it should be; `errors` says what',
  401: 'No credentials, or unknown ones',
  403: 'These credentials do not allow it',
  404: 'Not there, or another organisation’s',
  406: 'None of the accepted media types can be made',
  409: 'It does not fit what there is',
  412: 'Changed since the ETag in If-Match',
  413: 'The body is larger than 256 kB, or than this operation says',
  415: 'The body is not JSON, or not what this operation reads',
  422: 'It can not be done, or the Idempotency-Key was used for another request',
  429: 'Too many requests; Retry-After says when to come again',
  500: 'Something broke on our side',
  503: 'It took too long; Retry-After says when to come again',
};

const problems = ({ problems: own = [], access }: Described, method: string): Json => {
  const perMethod = method === 'POST' && access !== 'public' ? [409, 422] : [];
  const all = [...new Set([...commonProblems, ...perMethod, ...own])].toSorted((a, b) => a - b);
  const possible = all.filter((status) => access !== 'public' || status !== 401);
  const content = { 'application/problem+json': { schema: { $ref: 'Problem#' } } };
  return Object.fromEntries(
    possible.map((status) => [status, { description: problemWords[status] ?? 'Refused', content }]),
  );
};

const security: Readonly<Record<Access, readonly Json[]>> = {
  public: [],
  read: [{ apiKey: [] }, { session: [] }],
  write: [{ apiKey: [] }, { session: [] }],
  owner: [{ session: [] }],
  probe: [{ regionToken: [] }],
};

const idempotencyKey = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  description: 'Makes the request happen once; asked again within 24 hours it gets the same answer',
  examples: ['3f0c1a9e-shop-1'],
};
const ifMatch = { type: 'string', description: 'The ETag the change is based on', examples: ['"mf3k2a1b"'] };

/** A body that is read as it streams in. */
const rawBody = { type: 'string', format: 'binary', description: 'The text itself, or with `Content-Encoding: gzip`' };

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** How TypeBox writes it. */
const anyName = '^.*$';
/** The document's maker knows of no `patternProperties` and drops what names must be: said once more, where they are of one form. */
const namedBy = ({ patternProperties }: Json): Json => {
  const [pattern = anyName, ...more] = isJson(patternProperties) ? Object.keys(patternProperties) : [];
  return pattern === anyName || more.length > 0 ? {} : { propertyNames: { pattern } };
};

/** TypeBox writes a tuple as draft-07 does; OpenAPI 3.1 speaks 2020-12, where that is `prefixItems`. */
const modern = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(modern);
  if (!isJson(value)) return value;
  const { items, additionalItems, ...rest } = { ...namedBy(value), ...value };
  const tuple = Array.isArray(items) ? { prefixItems: items.map(modern), items: additionalItems === true } : null;
  const same = Object.fromEntries(Object.entries(rest).map(([name, part]) => [name, modern(part)]));
  return { ...same, ...(tuple ?? (items === undefined ? {} : { items: modern(items) })) };
};

const withHeaders = (schema: Json, method: string, access: Access | undefined): Json => {
  const headers = isJson(schema.headers) ? schema.headers : { type: 'object', properties: {} };
  const own = isJson(headers.properties) ? headers.properties : {};
  const more: Json = {
    ...(method === 'POST' && access !== 'public' ? { 'idempotency-key': idempotencyKey } : {}),
    ...(method === 'PATCH' ? { 'if-match': ifMatch } : {}),
  };
  const properties = { ...own, ...more };
  return Object.keys(properties).length === 0 ? {} : { headers: { ...headers, properties } };
};

/** An operation as OpenAPI shows it: the route's schema with its problems, credentials and common headers. */
export const describeOperation = (schema: FastifySchema, config: Described, method: string | string[]): Json => {
  const verb = Array.isArray(method) ? (method[0] ?? 'GET') : method;
  const told = modern({ ...schema });
  if (!isJson(told) || told.hide === true || config.access === undefined) return { ...schema, hide: true };
  const responses = isJson(told.response) ? told.response : {};
  return {
    ...told,
    ...withHeaders(told, verb, config.access),
    ...(config.consumes === undefined ? {} : { consumes: config.consumes, body: rawBody }),
    response: { ...responses, ...problems(config, verb) },
    security: security[config.access],
  };
};
