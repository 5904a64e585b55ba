import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from './problems.ts';

/** A resource's strong ETag, from the moment it last changed. */
export const etagOf = (updatedAt: Date | number): string => `"${Number(updatedAt).toString(36)}"`;

/** Says which version a reply shows: `ETag`, so that the next PATCH can ask for exactly this one. */
export const sendEtag = (reply: FastifyReply, updatedAt: Date | number): void => {
  reply.header('etag', etagOf(updatedAt));
};

/** Strong comparison (RFC 9110 §13.1.1): a weak tag never matches. */
const matches = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((tag) => tag.trim() === etag);

/** Honours `If-Match`: without the header anything goes; a stale one is 412 `changed-meanwhile`. */
export const requireMatch = (request: FastifyRequest, etag: string): void => {
  const header = request.headers['if-match'];
  if (header !== undefined && !matches(header, etag))
    throw problem(412, 'changed-meanwhile', 'This was changed in the meantime; read it again and repeat your change.');
};
