import {
  bulkMonitors,
  checkMonitor,
  createMonitor as createMonitorEndpoint,
  deleteMonitor as deleteMonitorEndpoint,
  getMonitor,
  listDeletedMonitors,
  listMonitors,
  pauseMonitor as pauseMonitorEndpoint,
  restoreMonitor as restoreMonitorEndpoint,
  resumeMonitor as resumeMonitorEndpoint,
  updateMonitor,
} from '@farwatch/contracts';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Sql } from '../../db.ts';
import { organisationOf } from '../../plugins/accounts.ts';
import { etagOf, requireMatch, sendEtag } from '../../plugins/etags.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound, type ProblemError, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { actOnMany } from './bulk.ts';
import { deleteMonitor, restoreMonitor } from './delete.ts';
import { looksNow } from './first-look.ts';
import { type DeletedRow, listBuried } from './limbo-store.ts';
import type { MonitorSort } from './store.ts';
import { giveTurnBack, takeTurn } from './take-turn.ts';
import { type MonitorRow, monitorView } from './view.ts';
import { changeMonitor, createMonitor, pauseMonitor, resumeMonitor, type WriteDeps } from './write.ts';

const orderOf = (sort: MonitorSort): Order => ({
  name: `monitors ${sort}`,
  keys: [sort.endsWith('name') ? 'text' : 'instant', 'id'],
});
const keysOf =
  (sort: MonitorSort) =>
  ({ name, createdAt, id }: MonitorRow): readonly string[] => [
    sort.endsWith('name') ? name : String(createdAt.getTime()),
    id,
  ];

const ownedOf = (request: FastifyRequest<{ Params: { monitorId: string } }>) => ({
  organisationId: organisationOf(request).id,
  id: request.params.monitorId,
});

/** Views of monitors with their last results, which are the log's to know. */
export const viewsOf = async ({ results }: Pick<ModuleDeps, 'results'>, sql: Sql, rows: readonly MonitorRow[]) => {
  const ids = rows.map(({ id }) => id);
  const latest = await results.latest(sql, ids);
  return (row: MonitorRow) => monitorView(row, latest.get(row.id) ?? null);
};

const readRoutes = (app: FastifyInstance, deps: WriteDeps): void => {
  const { db, monitors } = deps;
  app.route(
    route(listMonitors, async (request, reply) => {
      const { sort, limit, status, tag, search, cursor: text } = request.query;
      const order = orderOf(sort);
      const cursor = readCursor(text, order);
      const { id: organisationId } = organisationOf(request);
      const filter = { organisationId, statuses: status ?? null, tags: tag ?? null, search: search ?? null };
      const rows = await monitors.list(db.sql, filter, { sort, position: cursor, limit });
      const view = await viewsOf(deps, db.sql, rows);
      return page(request, reply, { order, cursor, limit, rows, keysOf: keysOf(sort) }, view);
    }),
  );
  app.route(
    route(getMonitor, async (request, reply) => {
      const row = await monitors.find(db.sql, ownedOf(request));
      if (row === null) throw notFound('monitor');
      sendEtag(reply, row.updatedAt);
      return (await viewsOf(deps, db.sql, [row]))(row);
    }),
  );
};

const lastDeleted: Order = { name: 'deleted monitors', keys: ['instant', 'id'] };

const deletedRoute = (app: FastifyInstance, { db }: WriteDeps): void => {
  app.route(
    route(listDeletedMonitors, async (request, reply) => {
      const { limit } = request.query;
      const cursor = readCursor(request.query.cursor, lastDeleted);
      const organisationId = organisationOf(request).id;
      const rows = await listBuried(db.sql, { organisationId, cursor, limit: limit + 1 });
      const keysOf = ({ deletedAt, id }: DeletedRow) => [String(deletedAt.getTime()), id];
      return page(request, reply, { order: lastDeleted, cursor, limit, rows, keysOf }, (row) => ({
        ...row,
        deletedAt: row.deletedAt.toISOString(),
        keptUntil: row.keptUntil.toISOString(),
      }));
    }),
  );
};

const writeRoutes = (app: FastifyInstance, deps: WriteDeps): void => {
  const { db } = deps;
  app.route(
    route(createMonitorEndpoint, async (request, reply) => {
      const row = await createMonitor(deps, organisationOf(request).id, request.body);
      reply.header('location', `/v1/monitors/${row.id}`);
      sendEtag(reply, row.updatedAt);
      return monitorView(row, null);
    }),
  );
  app.route(
    route(updateMonitor, async (request, reply) => {
      const match = ({ updatedAt }: MonitorRow): void => requireMatch(request, etagOf(updatedAt));
      const row = await changeMonitor(deps, ownedOf(request), request.body, match);
      sendEtag(reply, row.updatedAt);
      return (await viewsOf(deps, db.sql, [row]))(row);
    }),
  );
  app.route(
    route(deleteMonitorEndpoint, async (request) => {
      await deleteMonitor(deps, ownedOf(request));
      return undefined;
    }),
  );
};

const bulkRoute = (app: FastifyInstance, deps: WriteDeps): void => {
  app.route(
    route(bulkMonitors, async (request) => {
      const { monitorIds, action } = request.body;
      const outcomes = await actOnMany(deps, organisationOf(request).id, monitorIds, action);
      const rows = outcomes.flatMap(({ row }) => row ?? []);
      const view = await viewsOf(deps, deps.db.sql, rows);
      return {
        items: outcomes.map(({ row, problem }, i) => ({
          monitorId: monitorIds[i] ?? '',
          monitor: row === null ? null : view(row),
          problem,
        })),
      };
    }),
  );
};

const tooSoon = (waitMs: number): ProblemError =>
  problem(429, 'check-too-soon', 'A look at this monitor was asked for a moment ago.', undefined, {
    'retry-after': String(Math.ceil(waitMs / 1_000)),
  });

const actionRoutes = (app: FastifyInstance, deps: WriteDeps): void => {
  const { db, monitors, asker } = deps;
  for (const [endpoint, act] of [
    [pauseMonitorEndpoint, pauseMonitor],
    [resumeMonitorEndpoint, resumeMonitor],
    [restoreMonitorEndpoint, restoreMonitor],
  ] as const) {
    app.route(
      route(endpoint, async (request, reply) => {
        const row = await act(deps, ownedOf(request));
        sendEtag(reply, row.updatedAt);
        return (await viewsOf(deps, db.sql, [row]))(row);
      }),
    );
  }
  app.route(
    route(checkMonitor, async (request) => {
      const row = await monitors.find(db.sql, ownedOf(request));
      if (row === null) throw notFound('monitor');
      if (row.pausedAt !== null) throw problem(409, 'monitor-paused', 'This monitor is paused. Resume it first.');
      const waitMs = await takeTurn(db.sql, row.id);
      if (waitMs !== null) throw tooSoon(waitMs);
      const now = Date.now();
      await asker.ask(looksNow(row, now)).catch(async (err: unknown) => {
        deps.log.warn({ err, monitorId: row.id }, 'a look could not be asked for');
        await giveTurnBack(db.sql, row.id);
        throw problem(503, 'queue-unavailable', 'The probes can not be asked right now. Try again in a moment.');
      });
      return { scheduledAt: new Date(now).toISOString(), regions: [...row.regions] };
    }),
  );
};

export const monitorRoutes: FastifyPluginAsync<WriteDeps> = async (app, deps) => {
  readRoutes(app, deps);
  deletedRoute(app, deps);
  writeRoutes(app, deps);
  actionRoutes(app, deps);
  bulkRoute(app, deps);
};
