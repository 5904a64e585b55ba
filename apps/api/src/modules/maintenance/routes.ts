import {
  createMaintenanceWindow,
  deleteMaintenanceWindow,
  endMaintenanceWindow,
  getMaintenanceWindow,
  listAllOccurrences,
  listMaintenanceWindows,
  listOccurrences,
  previewOccurrences,
  restoreMaintenanceWindow,
  resumeMaintenanceWindow,
  updateMaintenanceWindow,
} from '@farwatch/contracts';
import { type MaintenanceTimes, occurrencesBetween } from '@farwatch/domain';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { parseRange } from '../../keyset.ts';
import { organisationOf } from '../../plugins/accounts.ts';
import { etagOf, requireMatch, sendEtag } from '../../plugins/etags.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { invalidField, notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { refuse } from '../escalations/references.ts';
import { normalStart, timeFaults } from './faults.ts';
import { occurrencesOfAll } from './occurrences.ts';
import type { WindowRow } from './store.ts';
import { occurrenceView, windowView } from './view.ts';
import {
  changeWindow,
  createWindow,
  deleteWindow,
  endWindow,
  restoreWindow,
  resumeWindow,
  type WindowDeps,
} from './write.ts';

const order: Order = { name: 'maintenance-windows', keys: ['instant', 'id'] };
const keysOf = ({ createdAt, id }: WindowRow): readonly string[] => [String(createdAt.getTime()), id];
const ownedOf = (request: FastifyRequest<{ Params: { windowId: string } }>) => ({
  organisationId: organisationOf(request).id,
  id: request.params.windowId,
});

const longestRangeMs = 366 * 86_400_000;
const mostOccurrences = 500;

type Range = Readonly<{ from: string; to: string }>;
/** The range that occurrences are asked for. Throws 400 for one that is too long. */
const rangeOf = (range: Range, at: 'query' | 'body') => {
  const { from, to } = parseRange(range);
  if (from === null || to === null) throw new Error('rangeOf: the contract asks for both ends');
  const pointer = at === 'query' ? '/query/to' : '/to';
  if (to - from > longestRangeMs)
    throw invalidField(pointer, 'range-too-long', 'At most 366 days can be asked for at once.');
  return { from, to };
};

const occurrencesIn = (times: MaintenanceTimes, range: Range, at: 'query' | 'body') => {
  const { from, to } = rangeOf(range, at);
  return { items: occurrencesBetween(times, from, to, mostOccurrences).map(occurrenceView) };
};

const readRoutes = (app: FastifyInstance, { db, windows }: WindowDeps): void => {
  const found = async (request: FastifyRequest<{ Params: { windowId: string } }>): Promise<WindowRow> => {
    const row = await windows.find(db.sql, ownedOf(request));
    if (row === null) throw notFound('maintenance window');
    return row;
  };
  app.route(
    route(listMaintenanceWindows, async (request, reply) => {
      const { limit, cursor: text } = request.query;
      const cursor = readCursor(text, order);
      const { id: organisationId } = organisationOf(request);
      const rows = await windows.list(db.sql, { organisationId, position: cursor, limit });
      return page(request, reply, { order, cursor, limit, rows, keysOf }, windowView(Date.now()));
    }),
  );
  app.route(
    route(getMaintenanceWindow, async (request, reply) => {
      const row = await found(request);
      sendEtag(reply, row.updatedAt);
      return windowView(Date.now())(row);
    }),
  );
  app.route(route(listOccurrences, async (request) => occurrencesIn(await found(request), request.query, 'query')));
  app.route(
    route(listAllOccurrences, async (request) => {
      const { from, to } = rangeOf(request.query, 'query');
      const rows = await windows.all(db.sql, organisationOf(request).id);
      return occurrencesOfAll(rows, from, to);
    }),
  );
  app.route(
    route(previewOccurrences, async (request) => {
      const { startsAt, timeZone, durationMs, rule = null } = request.body;
      refuse(timeFaults({ startsAt, timeZone, rule }));
      const times = { startsAt: normalStart(startsAt) ?? startsAt, timeZone, durationMs, rule, cuts: [] };
      return occurrencesIn(times, request.body, 'body');
    }),
  );
};

const writeRoutes = (app: FastifyInstance, deps: WindowDeps): void => {
  app.route(
    route(createMaintenanceWindow, async (request, reply) => {
      const now = Date.now();
      const row = await createWindow(deps, organisationOf(request).id, request.body, now);
      reply.header('location', `/v1/maintenance-windows/${row.id}`);
      sendEtag(reply, row.updatedAt);
      return windowView(now)(row);
    }),
  );
  app.route(
    route(updateMaintenanceWindow, async (request, reply) => {
      const now = Date.now();
      const match = ({ updatedAt }: WindowRow): void => requireMatch(request, etagOf(updatedAt));
      const row = await changeWindow(deps, ownedOf(request), request.body, match, now);
      sendEtag(reply, row.updatedAt);
      return windowView(now)(row);
    }),
  );
  app.route(
    route(endMaintenanceWindow, async (request, reply) => {
      const now = Date.now();
      const row = await endWindow(deps, ownedOf(request), now);
      sendEtag(reply, row.updatedAt);
      return windowView(now)(row);
    }),
  );
  app.route(
    route(resumeMaintenanceWindow, async (request, reply) => {
      const now = Date.now();
      const row = await resumeWindow(deps, ownedOf(request), now);
      sendEtag(reply, row.updatedAt);
      return windowView(now)(row);
    }),
  );
  app.route(
    route(deleteMaintenanceWindow, async (request) => {
      await deleteWindow(deps, ownedOf(request), Date.now());
      return undefined;
    }),
  );
  app.route(
    route(restoreMaintenanceWindow, async (request, reply) => {
      const now = Date.now();
      const row = await restoreWindow(deps, ownedOf(request), now);
      sendEtag(reply, row.updatedAt);
      return windowView(now)(row);
    }),
  );
};

/** Planned work: checks go on, alerts wait. */
export const maintenanceRoutes: FastifyPluginAsync<WindowDeps> = async (app, deps) => {
  readRoutes(app, deps);
  writeRoutes(app, deps);
};
