import {
  createSchedule as createEndpoint,
  deleteSchedule as deleteEndpoint,
  getSchedule,
  listSchedules,
  listShifts,
  updateSchedule,
} from '@farwatch/contracts';
import { shiftsBetween } from '@farwatch/domain';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { parseRange } from '../../keyset.ts';
import { organisationOf } from '../../plugins/accounts.ts';
import { etagOf, requireMatch, sendEtag } from '../../plugins/etags.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { invalidField, notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { ScheduleRow } from './schedule-store.ts';
import { scheduleOf, scheduleView } from './schedule-view.ts';
import { changeSchedule, createSchedule, deleteSchedule, type ScheduleDeps } from './schedule-write.ts';

const order: Order = { name: 'on-call-schedules', keys: ['instant', 'id'] };
const keysOf = ({ createdAt, id }: ScheduleRow): readonly string[] => [String(createdAt.getTime()), id];
const ownedOf = (request: FastifyRequest<{ Params: { scheduleId: string } }>) => ({
  organisationId: organisationOf(request).id,
  id: request.params.scheduleId,
});

const longestRangeMs = 366 * 86_400_000;
const mostShifts = 500;

const readRoutes = (app: FastifyInstance, { db, schedules }: ScheduleDeps): void => {
  app.route(
    route(listSchedules, async (request, reply) => {
      const { limit, cursor: text } = request.query;
      const cursor = readCursor(text, order);
      const { id: organisationId } = organisationOf(request);
      const rows = await schedules.list(db.sql, { organisationId, position: cursor, limit });
      return page(request, reply, { order, cursor, limit, rows, keysOf }, scheduleView(Date.now()));
    }),
  );
  app.route(
    route(getSchedule, async (request, reply) => {
      const row = await schedules.find(db.sql, ownedOf(request));
      if (row === null) throw notFound('on-call schedule');
      sendEtag(reply, row.updatedAt);
      return scheduleView(Date.now())(row);
    }),
  );
  app.route(
    route(listShifts, async (request) => {
      const { from, to } = parseRange(request.query);
      if (from === null || to === null) throw new Error('listShifts: its contract asks for both ends');
      if (to - from > longestRangeMs)
        throw invalidField('/query/to', 'range-too-long', 'At most 366 days can be asked for at once.');
      const row = await schedules.find(db.sql, ownedOf(request));
      if (row === null) throw notFound('on-call schedule');
      const shifts = shiftsBetween(scheduleOf(row), from, to, mostShifts);
      const iso = (at: number) => new Date(at).toISOString();
      return {
        items: shifts.map((shift) => ({ accountId: shift.accountId, from: iso(shift.from), until: iso(shift.until) })),
      };
    }),
  );
};

const writeRoutes = (app: FastifyInstance, deps: ScheduleDeps): void => {
  app.route(
    route(createEndpoint, async (request, reply) => {
      const row = await createSchedule(deps, organisationOf(request).id, request.body);
      reply.header('location', `/v1/on-call-schedules/${row.id}`);
      sendEtag(reply, row.updatedAt);
      return scheduleView(Date.now())(row);
    }),
  );
  app.route(
    route(updateSchedule, async (request, reply) => {
      const match = ({ updatedAt }: ScheduleRow): void => requireMatch(request, etagOf(updatedAt));
      const row = await changeSchedule(deps, ownedOf(request), request.body, match);
      sendEtag(reply, row.updatedAt);
      return scheduleView(Date.now())(row);
    }),
  );
  app.route(
    route(deleteEndpoint, async (request) => {
      await deleteSchedule(deps, ownedOf(request));
      return undefined;
    }),
  );
};

export const scheduleRoutes: FastifyPluginAsync<ScheduleDeps> = async (app, deps) => {
  readRoutes(app, deps);
  writeRoutes(app, deps);
};
