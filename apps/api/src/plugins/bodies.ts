import type { Buffer } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type FieldFault, problem } from './problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, for fingerprints; empty when there was none. */
    rawBody: string;
  }
}

const jsonTypes = ['application/json', 'application/merge-patch+json'];
const maxDepth = 64;

const malformed = (why: string) => problem(400, 'malformed-json', `The body is not JSON: ${why}.`);

const decode = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw malformed('it is not UTF-8');
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('it could not be read');
  }
};

type Found = Readonly<{ pointer: string; value: unknown; depth: number }>;
const escapeToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const childrenOf = ({ pointer, value, depth }: Found): readonly Found[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, child]) => ({
    pointer: `${pointer}/${escapeToken(name)}`,
    value: child,
    depth: depth + 1,
  }));
};

/** Names that would reach an object's prototype once somebody copies the body carelessly. */
const poisonous = (pointer: string): boolean => /\/(?:__proto__|constructor\/prototype)(?:\/|$)/u.test(pointer);
const nulFault = (pointer: string): FieldFault => ({
  pointer: pointer.replaceAll('\0', '\\u0000'),
  code: 'nul-character',
  detail: 'A NUL character can not be stored.',
});

/** Half of a surrogate pair, which JSON can say and UTF-8 can't: it would be stored as another character. */
const halfFault = (pointer: string): FieldFault => ({
  pointer: pointer.toWellFormed(),
  code: 'lone-surrogate',
  detail: 'Half of a character can not be stored.',
});

/** Walks without recursion: a body may be nested deeper than the stack. Throws 400 for NUL, half characters, poison and absurd depth. */
export const refuseUnstorable = (root: unknown, prefix = ''): void => {
  const waiting: Found[] = [{ pointer: prefix, value: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.depth > maxDepth) throw malformed(`it is nested deeper than ${maxDepth} levels`);
    if (next.pointer.includes('\0') || (typeof next.value === 'string' && next.value.includes('\0')))
      throw problem(400, 'nul-character', 'A text contains a NUL character.', [nulFault(next.pointer)]);
    if (!next.pointer.isWellFormed() || (typeof next.value === 'string' && !next.value.isWellFormed()))
      throw problem(400, 'lone-surrogate', 'A text contains half of a character.', [halfFault(next.pointer)]);
    if (poisonous(next.pointer)) throw malformed('it has a name that is not allowed');
    waiting.push(...childrenOf(next));
  }
};

const parseBody = async (request: FastifyRequest, bytes: Buffer): Promise<unknown> => {
  const text = decode(bytes);
  request.rawBody = text;
  if (text === '') {
    if (request.routeOptions.schema?.body !== undefined) throw malformed('it is empty');
    return undefined; // `POST …/pause` with a content type and no content
  }
  const body = parse(text);
  refuseUnstorable(body);
  return body;
};

/** JSON is the only language spoken here; everything else is 415. */
export const bodies = fp(async (app: FastifyInstance) => {
  app.decorateRequest('rawBody', '');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(jsonTypes, { parseAs: 'buffer' }, parseBody);
  app.addHook('preValidation', async (request) => {
    refuseUnstorable(request.query, '/query');
    refuseUnstorable(request.params, '/path');
  });
});
