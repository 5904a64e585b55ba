import { Buffer } from 'node:buffer';
import { idPattern } from '@farwatch/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from './problems.ts';

/** What a keyset is made of: an id, a moment in epoch milliseconds, or free text (a name). All travel as strings. */
export type KeyKind = 'id' | 'instant' | 'text';
/** One sort order of a list: its name keeps a cursor from being used on another, its kinds say what the keys are. */
export type Order = Readonly<{ name: string; keys: readonly KeyKind[] }>;
/** Where to go on: the rows after (`next`) or before (`previous`) these keys, in the list's order. */
export type Cursor = Readonly<{ direction: 'next' | 'previous'; keys: readonly string[] }>;

const uuid = new RegExp(idPattern, 'u');
const isKey = (kind: KeyKind, key: unknown): key is string => {
  if (typeof key !== 'string') return false;
  switch (kind) {
    case 'id':
      return uuid.test(key);
    case 'instant':
      return /^\d{1,16}$/u.test(key) && Number(key) <= 8_640_000_000_000_000;
    case 'text':
      return key.length <= 400 && !key.includes('\0'); // a name has at most 200 characters, of two units at worst
  }
};

const encodeCursor = (order: Order, { direction, keys }: Cursor): string =>
  Buffer.from(JSON.stringify([order.name, direction === 'next' ? 1 : 0, ...keys])).toString('base64url');

const parse = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

/** The cursor of a request, null for the first page. Throws 400 `invalid-cursor` for anything we did not make. */
export const readCursor = (text: string | undefined, order: Order): Cursor | null => {
  if (text === undefined) return null;
  const parsed = parse(text);
  if (Array.isArray(parsed) && parsed[0] === order.name && (parsed[1] === 0 || parsed[1] === 1)) {
    const keys: unknown[] = parsed.slice(2);
    const good = keys.filter((key, i): key is string => isKey(order.keys[i] ?? 'id', key));
    if (good.length === order.keys.length && keys.length === good.length)
      return { direction: parsed[1] === 1 ? 'next' : 'previous', keys: good };
  }
  const detail = 'This cursor was not made by this list with this order; start again without it.';
  throw problem(400, 'invalid-cursor', detail, [{ pointer: '/query/cursor', code: 'invalid-cursor', detail }]);
};

export type Paged<R> = Readonly<{
  order: Order;
  cursor: Cursor | null;
  limit: number;
  /** At most `limit + 1` rows, in the direction they were read: backwards for a `previous` cursor. */
  rows: readonly R[];
  keysOf: (row: R) => readonly string[];
}>;

const linkTo = (request: FastifyRequest, rel: string, cursor: string): string => {
  const url = new URL(request.url, 'http://host.invalid');
  url.searchParams.set('cursor', cursor);
  return `<${url.pathname}${url.search}>; rel="${rel}"`;
};

/** The body of one page and its `Link` headers. */
export const page = <R, V>(
  request: FastifyRequest,
  reply: FastifyReply,
  { order, cursor, limit, rows, keysOf }: Paged<R>,
  view: (row: R) => V,
): { items: V[]; next: string | null; previous: string | null } => {
  const backwards = cursor?.direction === 'previous';
  const more = rows.length > limit;
  const kept = rows.slice(0, limit);
  const items = backwards ? kept.toReversed() : kept;
  const at = (row: R | undefined, direction: Cursor['direction'], is: boolean): string | null =>
    is && row !== undefined ? encodeCursor(order, { direction, keys: keysOf(row) }) : null;
  const next = at(items.at(-1), 'next', backwards || more);
  const previous = at(items[0], 'previous', backwards ? more : cursor !== null);
  const links = [next && linkTo(request, 'next', next), previous && linkTo(request, 'prev', previous)].filter(Boolean);
  if (links.length > 0) reply.header('link', links.join(', '));
  return { items: items.map(view), next, previous };
};
