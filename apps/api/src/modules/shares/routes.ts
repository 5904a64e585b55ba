import { createShare, getShare, listShares, revokeShare, type SharedLook, type ShareView } from '@farwatch/contracts';
import type { FastifyPluginAsync } from 'fastify';
import { v7 as newId } from 'uuid';
import { accountOf, organisationOf } from '../../plugins/accounts.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { readResultId } from '../results/result-id.ts';
import { fullResultView } from '../results/view.ts';
import { bareUrl, redacted } from './redact.ts';
import { findByToken, insertShare, listActive, removeShare, type ShareRow } from './store.ts';
import { hashOf, newToken } from './token.ts';

type ShareDeps = Pick<ModuleDeps, 'config' | 'db' | 'monitors' | 'results'>;

const order: Order = { name: 'shares', keys: ['id'] };
const dayMs = 86_400_000;
/** More than anybody needs at a time, few enough to be listed and revoked. */
const mostShares = 200;

const shareView = ({ organisationId: _, ...row }: ShareRow): ShareView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});

/** The look that a link shows, as it is kept; null when the log has forgotten it. */
const lookOf = async ({ db, results }: ShareDeps, monitorId: string, resultId: string) => {
  const key = readResultId(resultId);
  const found = key === null ? null : await results.find(db.sql, { monitorId, ...key });
  return found === null ? null : fullResultView(found.result, found.kept);
};

const sharedLook = async (deps: ShareDeps, row: ShareRow): Promise<SharedLook> => {
  const look = await lookOf(deps, row.monitorId, row.subject);
  const monitor = await deps.monitors.find(deps.db.sql, { organisationId: row.organisationId, id: row.monitorId });
  if (look === null || monitor === null) throw notFound('link');
  const { evidence, details, detailsOf, ...result } = redacted(look, row.withBody);
  return {
    ...{ kind: 'look', monitorName: monitor.name, url: bareUrl(monitor.url), method: monitor.method },
    ...{ createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() },
    ...{ result, evidence, details, detailsOf, withBody: row.withBody },
  };
};

/** Links that show one look to whoever has them. */
export const shareRoutes: FastifyPluginAsync<ShareDeps> = async (app, deps) => {
  const { config, db, monitors } = deps;
  app.route(
    route(createShare, async (request, reply) => {
      const { monitorId, resultId, expiresInDays = 7, withBody = false, kind } = request.body;
      const { id: organisationId } = organisationOf(request);
      const monitor = await monitors.find(db.sql, { organisationId, id: monitorId });
      if (monitor === null) throw notFound('monitor');
      if ((await lookOf(deps, monitorId, resultId)) === null) throw notFound('result');
      const account = accountOf(request);
      const author = account === null ? 'API key' : account.name.trim() === '' ? account.email : account.name;
      const [token, now] = [newToken(), Date.now()];
      const row = {
        ...{ id: newId(), organisationId, kind, monitorId, subject: resultId, withBody, author },
        ...{ createdAt: new Date(now), expiresAt: new Date(now + expiresInDays * dayMs) },
      };
      const kept = await db.transaction((tx) => insertShare(tx, row, { tokenHash: hashOf(token), most: mostShares }));
      if (!kept) throw problem(409, 'too-many-shares', `There are ${mostShares} links already; revoke some first.`);
      reply.header('location', `/v1/shares/${row.id}`);
      reply.header('cache-control', 'no-store');
      return { ...shareView({ ...row, monitorName: monitor.name }), url: `${config.publicUrl}/s/${token}` };
    }),
  );
  app.route(
    route(listShares, async (request, reply) => {
      const { monitorId, limit } = request.query;
      const cursor = readCursor(request.query.cursor, order);
      const filter = { organisationId: organisationOf(request).id, monitorId: monitorId ?? null };
      const rows = await listActive(db.sql, filter, { position: cursor, rows: limit + 1, now: new Date() });
      return page(request, reply, { order, cursor, limit, rows, keysOf: ({ id }) => [id] }, shareView);
    }),
  );
  app.route(
    route(revokeShare, async (request) => {
      const owned = { organisationId: organisationOf(request).id, id: request.params.share };
      if (!(await removeShare(db.sql, owned))) throw notFound('link');
      return undefined;
    }),
  );
  app.route(
    route(getShare, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      reply.header('referrer-policy', 'no-referrer');
      reply.header('x-robots-tag', 'noindex, nofollow');
      const row = await findByToken(db.sql, hashOf(request.params.share), new Date());
      if (row === null) throw notFound('link');
      return sharedLook(deps, row);
    }),
  );
};
