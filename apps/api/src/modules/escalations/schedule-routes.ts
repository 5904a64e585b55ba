import {
  createSchedule as createEndpoint,
  deleteSchedule as deleteEndpoint,
  getSchedule,
  listSchedules,
  listShifts,
  previewShifts,
  restoreSchedule as restoreEndpoint,
  updateSchedule,
} from '@farwatch/contracts';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { etagOf, requireMatch, sendEtag } from '../../plugins/etags.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { refuse } from './references.ts';
import { normalOverrides, scheduleFaults } from './schedule-faults.ts';
import type { ScheduleRow } from './schedule-store.ts';
import { scheduleOf, scheduleView } from './schedule-view.ts';
import {
  changeSchedule,
  createSchedule,
  deleteSchedule,
  restoreSchedule,
  type ScheduleDeps,
} from './schedule-write.ts';
import { shiftRange, shiftsIn } from './shifts.ts';

const order: Order = { name: 'on-call-schedules', keys: ['instant', 'id'] };
const keysOf = ({ createdAt, id }: ScheduleRow): readonly string[] => [String(createdAt.getTime()), id];
const ownedOf = (request: FastifyRequest<{ Params: { scheduleId: string } }>) => ({
  organisationId: organisationOf(request).id,
  id: request.params.scheduleId,
});

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
      const range = shiftRange(request.query, '/query/to');
      const row = await schedules.find(db.sql, ownedOf(request));
      if (row === null) throw notFound('on-call schedule');
      return { items: await shiftsIn(scheduleOf(row), range) };
    }),
  );
  app.route(
    route(previewShifts, async (request) => {
      const { rotations, overrides = [] } = request.body;
      const range = shiftRange(request.body, '/to');
      // Who has left may be in it, as in one that is saved: only saving asks whether they are members.
      const settings = { rotations, overrides: normalOverrides(overrides) };
      refuse(scheduleFaults(settings));
      return { items: await shiftsIn(scheduleOf(settings), range) };
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
  app.route(
    route(restoreEndpoint, async (request, reply) => {
      const row = await restoreSchedule(deps, ownedOf(request));
      sendEtag(reply, row.updatedAt);
      return scheduleView(Date.now())(row);
    }),
  );
};

export const scheduleRoutes: FastifyPluginAsync<ScheduleDeps> = async (app, deps) => {
  readRoutes(app, deps);
  writeRoutes(app, deps);
};
