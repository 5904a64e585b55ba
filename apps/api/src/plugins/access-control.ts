import { createHash } from 'node:crypto';
import type { Access } from '@farwatch/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Caller } from './accounts.ts';
import { type ProblemError, problem } from './problems.ts';

export type AccessOptions = Readonly<{
  findCaller: (request: FastifyRequest, reply: FastifyReply) => Promise<Caller | null>;
  /** Origins whose pages may write with a session cookie. */
  trustedOrigins: readonly string[];
}>;

const unauthorised = () =>
  problem(401, 'unauthorised', 'Log in, or send an API key as Authorization: Bearer fw_….', undefined, {
    'www-authenticate': 'Bearer realm="farwatch"',
  });

/** Why this caller may not come in here; null when it may. */
const mayNot = (access: Exclude<Access, 'public'>, caller: Caller): ProblemError | null => {
  if ((access === 'probe') !== (caller.kind === 'probe'))
    return problem(403, 'wrong-credentials', 'These credentials are not for this part of the API.');
  switch (access) {
    case 'probe':
    case 'read':
      return null;
    case 'write':
      if (caller.kind === 'key' && caller.scope === 'read')
        return problem(403, 'insufficient-scope', 'This API key may only read.');
      return null;
    case 'owner':
      if (caller.kind !== 'session')
        return problem(403, 'owner-only', 'This is for the owner in person, not for API keys.');
      return caller.organisation.role === 'owner' ? null : problem(403, 'owner-only', 'Only the owner may do this.');
  }
};

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A browser says where a request comes from; one that says nothing can't be told from a forged form. */
const sameSite = ({ headers }: FastifyRequest, trustedOrigins: readonly string[]): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (headers.origin !== undefined) return trustedOrigins.includes(headers.origin);
  return site === 'same-origin';
};

/** Why this request is turned away; null when it may go on. */
const refusalOf = (access: Access, request: FastifyRequest, trustedOrigins: readonly string[]): ProblemError | null => {
  const { caller, method } = request;
  if (access === 'public') return null;
  if (caller === null) return unauthorised();
  const refused = mayNot(access, caller);
  if (refused !== null || caller.kind !== 'session' || safe.has(method) || sameSite(request, trustedOrigins))
    return refused;
  return problem(403, 'cross-site-request', 'A write with a session cookie must come from the dashboard’s own pages.');
};

/** Authorization headers that were good the last time, by their hash. Past `max` the oldest are forgotten. */
const goodCredentials = (max: number) => {
  const hashes = new Set<string>();
  const hashOf = (header: string) => createHash('sha256').update(header).digest('base64');
  return {
    has: (header: string): boolean => hashes.has(hashOf(header)),
    learn: (header: string, good: boolean): void => {
      const hash = hashOf(header);
      if (!good) hashes.delete(hash);
      else hashes.add(hash);
      const [oldest] = hashes;
      if (hashes.size > max && oldest !== undefined) hashes.delete(oldest);
    },
  };
};

/**
 * Finds the caller of every route that isn't public and turns away who may not, before the body is read. Those turned
 * away count against the budget too; an address that has used it up guesses no more tokens at the database's cost, while
 * tokens known to be good still come in from it. Needs rate-limits.ts.
 */
export const accessControl = fp(async (app: FastifyInstance, { findCaller, trustedOrigins }: AccessOptions) => {
  const good = goodCredentials(10_000);
  const identify = async (request: FastifyRequest, reply: FastifyReply): Promise<Caller | null> => {
    const { authorization } = request.headers;
    if (authorization === undefined) return findCaller(request, reply);
    if (!good.has(authorization)) await app.refuseUsedUpAddress(request, reply);
    const caller = await findCaller(request, reply);
    good.learn(authorization, caller !== null);
    return caller;
  };
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config?.access;
    if (access === undefined) return; // files, documentation, health, and paths that are not there
    if (access !== 'public') request.caller = await identify(request, reply);
    await app.countRequest(request, reply);
    const refused = refusalOf(access, request, trustedOrigins);
    if (refused !== null) throw refused;
  });
});
