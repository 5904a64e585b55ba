import { deleteLog, listLogs, maxLogBytes, maxLogsPerIncident, uploadLog } from '@farwatch/contracts';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { v7 as newId } from 'uuid';
import type { Sql } from '../../db.ts';
import { notFound, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { IncidentRow } from '../incidents/view.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { whoOf } from './actor.ts';
import type { LogSettings } from './log-reading.ts';
import type { LogRow } from './log-store.ts';
import { receiveText, useTextStreams } from './receive-text.ts';
import { renew } from './renew.ts';
import { ownIncident } from './routes.ts';
import { logView } from './view.ts';

type LogDeps = Pick<
  ModuleDeps,
  'db' | 'incidents' | 'diagnoses' | 'logs' | 'events' | 'results' | 'marks' | 'beginReading'
>;

/** Enough to find the shift of a log's clock, and to lay lines beside checks. */
const mostLooks = 2_000;

const tooMany = () =>
  problem(409, 'log-limit', `An incident can have ${maxLogsPerIncident} logs: delete one that says the least.`);

const settingsOf = async ({ db, results }: LogDeps, incident: IncidentRow): Promise<LogSettings> => {
  const { monitorId, startedAt, resolvedAt, bounds } = incident;
  const range = { from: startedAt.getTime(), to: resolvedAt === null ? null : resolvedAt.getTime() };
  const filter = { ...range, monitorId, verdicts: ['down'] as const, statuses: null, regions: null };
  const failing = await results.list(db.sql, filter, { position: null, rows: mostLooks });
  return {
    startedAt: range.from,
    resolvedAt: range.to,
    lastGoodAt: bounds?.all.lastGoodAt ?? null,
    spans: [],
    looks: failing.map(({ result }) => ({ region: result.region, at: result.startedAt })).toReversed(),
  };
};

/** The log and the diagnosis that follows from it: both or neither. One beyond the most is refused. */
const keep = async (deps: LogDeps, tx: Sql, row: LogRow): Promise<void> => {
  await deps.logs.insert(tx, row);
  await renew(deps, tx, { incidentId: row.incidentId, now: Date.now(), why: 'log' });
  // Counted when this incident is held: of two that come at once one sees the other.
  if ((await deps.logs.count(tx, row.incidentId)) > maxLogsPerIncident) throw tooMany();
};

const uploads: FastifyPluginAsync<LogDeps> = async (app, deps) => {
  const { db, logs, beginReading } = deps;
  useTextStreams(app);
  app.route(
    route(uploadLog, async (request, reply) => {
      const incident = await ownIncident(deps, request);
      if ((await logs.count(db.sql, incident.id)) >= maxLogsPerIncident) throw tooMany();
      const reading = beginReading(await settingsOf(deps, incident));
      const bytes = await receiveText(request, { most: maxLogBytes, push: reading.push });
      if (bytes === 0) throw problem(422, 'empty-log', 'There is nothing in this log.');
      const { accountId, author } = whoOf(request);
      const row: LogRow = {
        ...{ id: newId(), incidentId: incident.id, name: request.query.name ?? 'log', bytes, accountId, author },
        ...{ reading: reading.end(), at: new Date() },
      };
      await db.transaction((tx) => keep(deps, tx, row));
      reply.header('location', `/v1/incidents/${incident.id}/logs`);
      return logView(row);
    }),
  );
};

const lists = (app: FastifyInstance, deps: LogDeps): void => {
  const { db, logs } = deps;
  app.route(
    route(listLogs, async (request) => {
      const { id } = await ownIncident(deps, request);
      return { items: (await logs.list(db.sql, id)).map(logView) };
    }),
  );
  app.route(
    route(deleteLog, async (request) => {
      const { id: incidentId } = await ownIncident(deps, request);
      await db.transaction(async (tx) => {
        if (!(await logs.remove(tx, incidentId, request.params.logId))) throw notFound('log');
        await renew(deps, tx, { incidentId, now: Date.now(), why: 'log' });
      });
    }),
  );
};

/** The logs that people hand in: read as they stream in, and kept as what was read. */
export const logRoutes: FastifyPluginAsync<LogDeps> = async (app, deps) => {
  lists(app, deps);
  await app.register(uploads, deps);
};
