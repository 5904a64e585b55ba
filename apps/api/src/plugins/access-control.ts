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

/**
 * Finds the caller of every route that isn't public and turns away who may not, before the body is read. Those turned
 * away count against the budget too. Needs `countRequest`, see rate-limits.ts.
 */
export const accessControl = fp(async (app: FastifyInstance, { findCaller, trustedOrigins }: AccessOptions) => {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request, reply) => {
    const access = request.routeOptions.config?.access;
    if (access === undefined) return; // files, documentation, health, and paths that are not there
    if (access !== 'public') request.caller = await findCaller(request, reply);
    await app.countRequest(request, reply);
    const refused = refusalOf(access, request, trustedOrigins);
    if (refused !== null) throw refused;
  });
});
