import { createApiKey, getMe, listApiKeys, listMails, revokeApiKey } from '@farwatch/contracts';
import { listMailFiles } from '@farwatch/notifiers';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Deps } from '../../deps.ts';
import { accountOf, organisationOf } from '../../plugins/accounts.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { apiKeyView, maxApiKeys } from './api-key-store.ts';

const newestFirst: Order = { name: 'id', keys: ['id'] };

export const apiKeyRoutes: FastifyPluginAsyncTypebox<Pick<Deps, 'db' | 'apiKeys'>> = async (app, { db, apiKeys }) => {
  app.route(
    route(createApiKey, async (request) => {
      const made = await db.transaction((tx) =>
        apiKeys.create(tx, { organisationId: organisationOf(request).id, ...request.body }),
      );
      if (made === null)
        throw problem(409, 'too-many-api-keys', `There are ${maxApiKeys} keys already; revoke one that is not needed.`);
      return { ...apiKeyView(made.row), key: made.key };
    }),
  );
  app.route(
    route(listApiKeys, async (request, reply) => {
      const { limit } = request.query;
      const cursor = readCursor(request.query.cursor, newestFirst);
      const organisationId = organisationOf(request).id;
      const rows = await apiKeys.list(db.sql, { organisationId, cursor, limit: limit + 1 });
      return page(request, reply, { order: newestFirst, cursor, limit, rows, keysOf: ({ id }) => [id] }, apiKeyView);
    }),
  );
  app.route(
    route(revokeApiKey, async (request) => {
      if (!(await apiKeys.revoke(db.sql, organisationOf(request).id, request.params.apiKeyId)))
        throw notFound('API key');
    }),
  );
};

export const accountRoutes: FastifyPluginAsyncTypebox<Pick<Deps, 'config'>> = async (app, { config }) => {
  const { mail } = config;
  app.route(
    route(getMe, async (request) => {
      const { id, name, role } = organisationOf(request);
      return {
        account: accountOf(request),
        organisation: { id, name, role },
        regions: config.regions.map((region) => region.id),
        mail: mail.kind,
      };
    }),
  );
  app.route(
    route(listMails, async (request) => {
      const account = accountOf(request);
      if (account === null || mail.kind === 'smtp') return { items: [] };
      const reader = { to: account.email, organisationId: organisationOf(request).id };
      const found = await listMailFiles(mail.dir, reader, request.query.limit);
      return {
        items: found.map(({ organisationId: _, at, ...rest }) => ({ ...rest, at: new Date(at).toISOString() })),
      };
    }),
  );
};
