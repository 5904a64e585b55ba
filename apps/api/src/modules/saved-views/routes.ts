import {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  maxSavedViews,
  type SavedViewView,
  updateSavedView,
} from '@farwatch/contracts';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import { accountOf, organisationOf } from '../../plugins/accounts.ts';
import { notFound, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { ModuleDeps } from '../module-deps.ts';
import type { Person, SavedViewRow } from './store.ts';

type ViewDeps = Pick<ModuleDeps, 'db' | 'savedViews'>;

/** Whose views. Throws 409 for an API key, which is nobody. */
const personOf = (request: FastifyRequest): Person => {
  const account = accountOf(request);
  if (account === null) throw problem(409, 'no-account', 'An API key is nobody: it has no views of its own.');
  return { organisationId: organisationOf(request).id, accountId: account.id };
};

const viewOf = (
  { id, place, name, search, visibility, accountId, ...row }: SavedViewRow,
  callerId: string | null,
): SavedViewView => {
  const own = accountId === callerId;
  const { createdAt, updatedAt } = row;
  return {
    ...{ id, place, name, search: { ...search }, visibility, own },
    isDefault: own && row.isDefault,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
};

const write = async ({ savedViews }: ViewDeps, tx: Sql, row: SavedViewRow): Promise<SavedViewRow> => {
  if (row.isDefault) await savedViews.clearDefault(tx, row);
  if (await savedViews.save(tx, row)) return row;
  const detail = `You have a view named “${row.name}” there already.`;
  throw problem(409, 'name-taken', detail, [{ pointer: '/name', code: 'name-taken', detail }]);
};

/** Views of lists under a name: a person's own, for themselves or for the organisation. */
export const savedViewRoutes: FastifyPluginAsync<ViewDeps> = async (app, deps) => {
  const { db, savedViews } = deps;
  app.route(
    route(listSavedViews, async (request) => {
      const accountId = accountOf(request)?.id ?? null;
      const { id: organisationId } = organisationOf(request);
      const rows = await savedViews.list(db.sql, { organisationId, accountId, place: request.query.place ?? null });
      return { items: rows.map((row) => viewOf(row, accountId)) };
    }),
  );
  app.route(
    route(createSavedView, async (request, reply) => {
      const { place, name, search, visibility = 'private', isDefault = false } = request.body;
      const person = personOf(request);
      const now = new Date();
      const row = {
        ...person,
        id: newId(),
        place,
        name,
        search,
        visibility,
        isDefault,
        createdAt: now,
        updatedAt: now,
      };
      await db.transaction(async (tx) => {
        if ((await savedViews.count(tx, { ...person, place })) >= maxSavedViews)
          throw problem(409, 'too-many-saved-views', `There are ${maxSavedViews} views already; delete one first.`);
        await write(deps, tx, row);
      });
      reply.header('location', `/v1/saved-views/${row.id}`);
      return viewOf(row, person.accountId);
    }),
  );
  app.route(
    route(updateSavedView, async (request) => {
      const person = personOf(request);
      const row = await db.transaction(async (tx) => {
        const before = await savedViews.lock(tx, { ...person, id: request.params.viewId });
        if (before === null) throw notFound('saved view');
        return write(deps, tx, { ...before, ...request.body, updatedAt: new Date() });
      });
      return viewOf(row, person.accountId);
    }),
  );
  app.route(
    route(deleteSavedView, async (request) => {
      const anyShared = organisationOf(request).role === 'owner';
      const one = { ...personOf(request), id: request.params.viewId, anyShared };
      if (!(await savedViews.remove(db.sql, one))) throw notFound('saved view');
      return undefined;
    }),
  );
};
