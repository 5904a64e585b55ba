import { Buffer } from 'node:buffer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiDeps } from '../../deps.ts';
import type { Caller } from '../../plugins/accounts.ts';
import { hashOf, isKey } from './api-key-store.ts';

export type CallerDeps = Pick<ApiDeps, 'db' | 'auth' | 'apiKeys' | 'organisations'>;

const bearerOf = ({ headers }: FastifyRequest): string | null =>
  /^Bearer +(\S{1,500})$/iu.exec(headers.authorization ?? '')?.[1] ?? null;

const byKey = async ({ db, apiKeys }: CallerDeps, token: string): Promise<Caller | null> => {
  const owner = await apiKeys.ownerOf(db.sql, token);
  if (owner === null) return null;
  await apiKeys.touch(db.sql, owner);
  const organisation = { id: owner.organisationId, name: owner.organisationName };
  return { kind: 'key', keyId: owner.keyId, scope: owner.scope, organisation };
};

const byRegionToken = async ({ db }: CallerDeps, token: string): Promise<Caller | null> => {
  const { rows } = await db.sql.query<{ id: string }>(`SELECT id FROM region WHERE token_hash = $1`, [
    Buffer.from(hashOf(token)),
  ]);
  return rows[0] === undefined ? null : { kind: 'probe', region: rows[0].id };
};

const bySession = async (deps: CallerDeps, request: FastifyRequest, reply: FastifyReply): Promise<Caller | null> => {
  const { cookie } = request.headers;
  if (cookie === undefined) return null;
  const { headers, response: found } = await deps.auth.getSession({
    headers: new Headers({ cookie }),
    returnHeaders: true,
  });
  const refreshed = headers.getSetCookie(); // better-auth prolongs a session that is in use
  if (refreshed.length > 0 && !reply.sent) reply.header('set-cookie', refreshed);
  if (found === null) return null;
  const { id, name, email, emailVerified } = found.user;
  const organisation =
    (await deps.organisations.membershipOf(deps.db.sql, id)) ??
    (await deps.db.transaction((tx) => deps.organisations.ensure(tx, id)));
  return organisation === null ? null : { kind: 'session', account: { id, name, email, emailVerified }, organisation };
};

/** Who calls: by bearer token if there is one (key or region), else by session cookie. Null: nobody we know. */
export const findCaller =
  (deps: CallerDeps) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<Caller | null> => {
    if (request.headers.authorization === undefined) return bySession(deps, request, reply);
    const token = bearerOf(request);
    if (token === null) return null;
    return isKey(token) ? byKey(deps, token) : byRegionToken(deps, token);
  };
