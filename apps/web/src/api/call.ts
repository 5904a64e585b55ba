import type { BodyOf, Endpoint, ParamsOf, Problem, QueryOf, ReplyOf } from '@farwatch/contracts';
import { CallError, problemOf } from './call-error.ts';

type Optional<K extends string, T> = [T] extends [never] ? unknown : Readonly<Record<K, T>>;
/** What an endpoint needs: `params` and `body` where it has them; `query` may always be left out. */
export type Input<E extends Endpoint> = Optional<'params', ParamsOf<E>> &
  Optional<'body', BodyOf<E>> &
  Readonly<{ query?: QueryOf<E> }>;
/** `text`: a body that is sent as it is, in place of JSON; `within` ms it must be done. */
export type CallOptions = Readonly<{ signal?: AbortSignal; ifMatch?: string; text?: Blob; within?: number }>;
export type Tagged<T> = Readonly<{ data: T; etag: string | null }>;
type Loose = Readonly<{ params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }>;

const timeoutMs = 20_000;

const pathOf = (url: string, params: Record<string, string> = {}): string =>
  url.replace(/:(\w+)/gu, (_, name: string) => encodeURIComponent(params[name] ?? ''));

const searchOf = (query: Record<string, unknown> = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
  return search.size === 0 ? '' : `?${search}`;
};

/** Random, and also where `crypto.randomUUID` is missing: a page over plain HTTP in a house network. */
const idempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Whatever keeps an answer from being read to its end, it didn't reach us; giving up oneself is told as that. */
const reached = async <T>(
  { method }: Endpoint,
  signal: AbortSignal | undefined,
  read: () => Promise<T>,
): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new CallError({ kind: 'unreachable', wrote: method !== 'GET' });
  }
};

const send = (
  endpoint: Endpoint,
  input: Loose,
  { signal, ifMatch, text, within = timeoutMs }: CallOptions,
  accept = 'application/json',
): Promise<Response> => {
  const headers = new Headers({ accept });
  if (input.body !== undefined) headers.set('content-type', 'application/json');
  if (text !== undefined) headers.set('content-type', 'text/plain');
  if (ifMatch !== undefined) headers.set('if-match', ifMatch);
  if (endpoint.method === 'POST') headers.set('idempotency-key', idempotencyKey());
  const ends = AbortSignal.timeout(within);
  return reached(endpoint, signal, () =>
    fetch(pathOf(endpoint.url, input.params) + searchOf(input.query), {
      method: endpoint.method,
      headers,
      credentials: 'same-origin',
      signal: signal === undefined ? ends : AbortSignal.any([signal, ends]),
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...(text === undefined ? {} : { body: text }),
    }),
  );
};

const problemFrom = async (response: Response): Promise<Problem | null> =>
  problemOf(await response.json().catch(() => null));

/** As `call`, with the answer's ETag, to be sent back as `ifMatch` of a PATCH. */
export const callTagged = async <E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  options: CallOptions = {},
): Promise<Tagged<ReplyOf<E>>> => {
  const response = await send(endpoint, input as Loose, options); // every Input has this shape; Loose only forgets names
  if (!response.ok)
    throw new CallError({ kind: 'refused', status: response.status, problem: await problemFrom(response) });
  const data: unknown = response.status === 204 ? null : await reached(endpoint, options.signal, () => response.json());
  return { data: data as ReplyOf<E>, etag: response.headers.get('etag') }; // the server serialises by the same schema
};

/** One call of the public REST API, typed by its contract. Throws a CallError when it is refused or nobody answers. */
export const call = async <E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  options: CallOptions = {},
): Promise<ReplyOf<E>> => (await callTagged(endpoint, input, options)).data;

/** As `call`, for what is wanted as plain text. */
export const callText = async <E extends Endpoint>(endpoint: E, input: Input<E>): Promise<string> => {
  const response = await send(endpoint, input as Loose, {}, 'text/plain'); // as in callTagged
  if (response.ok) return reached(endpoint, undefined, () => response.text());
  throw new CallError({ kind: 'refused', status: response.status, problem: await problemFrom(response) });
};
/** Where an endpoint is found by a link. */
export const hrefOf = <E extends Endpoint>(endpoint: E, input: Input<E>): string => {
  const { params, query } = input as Loose; // as in callTagged
  return pathOf(endpoint.url, params) + searchOf(query);
};
