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
/** Far more than any body of ours needs; a walk over them takes a few milliseconds. */
const maxValues = 20_000;

const malformed = (why: string) => problem(400, 'malformed-json', `The body is not JSON: ${why}.`);
const tooComplex = () => problem(400, 'body-too-complex', `The body has more than ${maxValues} values.`);

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

/** A value with its way back to the root: pointers are built for faults alone, they cost as much as the body is deep. */
type Found = Readonly<{ parent: Found | null; name: string; value: unknown; depth: number }>;
const escapeToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const pointerOf = (found: Found, prefix: string): string => {
  const names: string[] = [];
  for (let at = found; at.parent !== null; at = at.parent) names.push(`/${escapeToken(at.name)}`);
  return prefix + names.toReversed().join('');
};

const childrenOf = (value: unknown): readonly (readonly [name: string, child: unknown])[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && value.length > maxValues) throw tooComplex();
  return Object.entries(value);
};

/** A name that would reach an object's prototype once somebody copies the body carelessly. */
const poisonous = ({ name, parent }: Found): boolean =>
  name === '__proto__' || (name === 'prototype' && parent?.name === 'constructor');
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

/** Why a value or its own name can't be stored. Its parents were judged before it. */
const judge = (found: Found, prefix: string): void => {
  const { name, value, depth } = found;
  if (depth > maxDepth) throw malformed(`it is nested deeper than ${maxDepth} levels`);
  if (poisonous(found)) throw malformed('it has a name that is not allowed');
  for (const text of [name, value]) {
    if (typeof text !== 'string') continue;
    if (text.includes('\0'))
      throw problem(400, 'nul-character', 'A text contains a NUL character.', [nulFault(pointerOf(found, prefix))]);
    if (!text.isWellFormed())
      throw problem(400, 'lone-surrogate', 'A text contains half of a character.', [
        halfFault(pointerOf(found, prefix)),
      ]);
  }
};

/**
 * Walks without recursion: a body may be nested deeper than the stack. Throws 400 for NUL, half characters, poison,
 * absurd depth and more values than any body of ours has.
 */
export const refuseUnstorable = (root: unknown, prefix = ''): void => {
  const waiting: Found[] = [{ parent: null, name: '', value: root, depth: 0 }];
  let seen = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    judge(next, prefix);
    const children = childrenOf(next.value);
    seen += children.length;
    if (seen > maxValues) throw tooComplex();
    for (const [name, value] of children) waiting.push({ parent: next, name, value, depth: next.depth + 1 });
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
