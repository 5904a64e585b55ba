import { getIncident, type IncidentView, listDecisions, listIncidents } from '@farwatch/contracts';
import { explain, failureCode } from '@farwatch/domain';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { parseRange } from '../../keyset.ts';
import { organisationOf } from '../../plugins/accounts.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { type CsvColumn, inBatches, rowFormatOf, sendRows } from '../../plugins/row-stream.ts';
import { markView } from '../marks/view.ts';
import type { ModuleDeps } from '../module-deps.ts';
import type { DecisionRow } from './decision-store.ts';
import { decisionView } from './decision-view.ts';
import { type DeedRouteDeps, deedRoutes } from './deed-routes.ts';
import { codesView, type IncidentRow, incidentView, regionBoundsView, spanView } from './view.ts';

type IncidentDeps = Pick<ModuleDeps, 'db' | 'incidents' | 'decisions' | 'marks'>;

const order: Order = { name: 'incidents', keys: ['instant', 'id'] };
const keysOf = ({ startedAt, id }: IncidentRow): readonly string[] => [String(startedAt.getTime()), id];

const decisionOrder: Order = { name: 'decisions', keys: ['instant', 'id'] };
const decisionKeys = ({ at, id }: DecisionRow): readonly string[] => [String(at.getTime()), id];

/** What happened so long before an incident's start may have to do with it. */
const evidenceMs = 30 * 60_000;
const mostMarks = 50;
const marksBefore = ({ db, marks }: IncidentDeps, { organisationId, monitorId, startedAt }: IncidentRow) => {
  const start = startedAt.getTime();
  const filter = { organisationId, monitorId, kinds: null, from: start - evidenceMs, to: start + 1 };
  return marks.list(db.sql, filter, { position: null, rows: mostMarks });
};

/** Rows read at a time for a stream. */
const batchSize = 500;

const csvColumns: readonly CsvColumn<IncidentView>[] = [
  ['id', (i) => i.id],
  ['monitorId', (i) => i.monitorId],
  ['monitorName', (i) => i.monitorName],
  ['url', (i) => i.url],
  ['status', (i) => i.status],
  ['startedAt', (i) => i.startedAt],
  ['resolvedAt', (i) => i.resolvedAt],
  ['endReason', (i) => i.endReason],
  ['durationMs', (i) => i.durationMs],
  ['code', (i) => failureCode(i.cause)],
  ['cause', (i) => explain(i.cause)],
  ['regions', (i) => i.regions.join(' ')],
  ['openedAt', (i) => i.openedAt],
  ['summary', (i) => i.summary],
  ['severity', (i) => i.severity],
  ['acknowledgedAt', (i) => i.acknowledgedAt],
  ['acknowledgedBy', (i) => i.acknowledgedBy?.name ?? null],
];

const listRoute = (app: FastifyInstance, { db, incidents }: IncidentDeps): void => {
  app.route(
    route(listIncidents, async (request, reply) => {
      const { monitorId, status, search, limit } = request.query;
      const format = request.query.format ?? rowFormatOf(request);
      const cursor = readCursor(request.query.cursor, order);
      const { id: organisationId } = organisationOf(request);
      const range = parseRange(request.query);
      const wanted = { monitorId: monitorId ?? null, statuses: status ?? null, search: search ?? null };
      const filter = { ...range, ...wanted, organisationId };
      if (format === 'json') {
        const rows = await incidents.list(db.sql, filter, { position: cursor, rows: limit + 1 });
        reply.header('vary', 'accept');
        return page(request, reply, { order, cursor, limit, rows, keysOf }, incidentView);
      }
      const read = (keys: readonly string[] | null) =>
        incidents.list(db.sql, filter, { position: keys && { direction: 'next', keys }, rows: batchSize });
      const batches = inBatches(read, keysOf, incidentView, batchSize, cursor?.keys ?? null);
      return sendRows(request, reply, { format, fileName: 'incidents', columns: csvColumns, batches });
    }),
  );
};

export const incidentRoutes: FastifyPluginAsync<IncidentDeps & DeedRouteDeps> = async (app, deps) => {
  listRoute(app, deps);
  await app.register(deedRoutes, deps);
  const { db, incidents, decisions } = deps;
  app.route(
    route(getIncident, async (request) => {
      const { id: organisationId } = organisationOf(request);
      const row = await incidents.find(db.sql, { organisationId, id: request.params.incidentId });
      if (row === null) throw notFound('incident');
      const spans = await incidents.spans(db.sql, row);
      const children = await incidents.children(db.sql, row.id);
      return {
        ...incidentView(row),
        spans: spans.map((span) => spanView(span, row)),
        codes: codesView(spans, row),
        regionBounds: regionBoundsView(row.bounds),
        marks: (await marksBefore(deps, row)).map(markView),
        children: children.map((child) => ({ ...child })),
      };
    }),
  );
  app.route(
    route(listDecisions, async (request, reply) => {
      const { limit, cursor: text } = request.query;
      const { incidentId } = request.params;
      const cursor = readCursor(text, decisionOrder);
      const incident = await incidents.find(db.sql, { organisationId: organisationOf(request).id, id: incidentId });
      if (incident === null) throw notFound('incident');
      const rows = await decisions.list(db.sql, { incidentId, position: cursor, limit });
      return page(request, reply, { order: decisionOrder, cursor, limit, rows, keysOf: decisionKeys }, decisionView);
    }),
  );
};
