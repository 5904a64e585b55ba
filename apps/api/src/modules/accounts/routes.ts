import {
  createApiKey,
  getMe,
  listApiKeys,
  listMails,
  listMembers,
  revokeApiKey,
  updateMe,
  updateOrganisation,
} from '@farwatch/contracts';
import { isTimeZone } from '@farwatch/domain';
import { listMailFiles } from '@farwatch/notifiers';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { accountOf, organisationOf } from '../../plugins/accounts.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { invalidField, notFound, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { EventHub } from '../events/hub.ts';
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

type AccountDeps = Pick<Deps, 'config' | 'db' | 'members' | 'settings'> & Readonly<{ hub: Pick<EventHub, 'position'> }>;

const meView = async ({ config, db, settings, hub }: AccountDeps, request: FastifyRequest) => {
  const lastEventId = hub.position(); // before anything is read
  const { id, role } = organisationOf(request);
  const account = accountOf(request);
  return {
    account: account === null ? null : { ...account, ...(await settings.own(db.sql, account.id)) },
    organisation: { id, role, ...(await settings.organisation(db.sql, id)) },
    regions: config.regions.map((region) => region.id),
    mail: config.mail.kind,
    lastEventId,
  };
};

const requireZone = (timeZone: string | null | undefined, pointer: string): void => {
  if (typeof timeZone === 'string' && !isTimeZone(timeZone))
    throw invalidField(pointer, 'unknown-time-zone', `There is no time zone ${timeZone}.`);
};

const settingsRoutes = (app: FastifyInstance, deps: AccountDeps): void => {
  const { db, settings, members } = deps;
  app.route(route(getMe, (request) => meView(deps, request)));
  app.route(
    route(updateMe, async (request) => {
      const account = accountOf(request);
      if (account === null) throw problem(409, 'no-account', 'An API key is nobody: it has no settings of its own.');
      const { timeZone, quietHours } = request.body;
      requireZone(timeZone, '/timeZone');
      requireZone(quietHours?.timeZone, '/quietHours/timeZone');
      await settings.updateOwn(db.sql, account.id, request.body);
      const me = await meView(deps, request);
      const { name } = request.body; // who called was read before the change
      return name === undefined || me.account === null ? me : { ...me, account: { ...me.account, name } };
    }),
  );
  app.route(
    route(updateOrganisation, async (request) => {
      requireZone(request.body.timeZone, '/timeZone');
      await settings.updateOrganisation(db.sql, organisationOf(request).id, request.body);
      return meView(deps, request);
    }),
  );
  app.route(
    route(listMembers, async (request) => ({ items: [...(await members.list(db.sql, organisationOf(request).id))] })),
  );
};

export const accountRoutes: FastifyPluginAsync<AccountDeps> = async (app, deps) => {
  settingsRoutes(app, deps);
  const { mail } = deps.config;
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
