import { listChanges, listSpans, previewPolicy, type SpanRecord } from '@farwatch/contracts';
import { explain } from '@farwatch/domain';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { readThenReckon } from '../../bounded-read.ts';
import { parseRange } from '../../keyset.ts';
import { organisationOf } from '../../plugins/accounts.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { route } from '../../plugins/route.ts';
import { type CsvColumn, inBatches, rowFormatOf, sendRows } from '../../plugins/row-stream.ts';
import { type HistoryDeps, ownMonitor } from './own-monitor.ts';
import { previewPolicy as preview } from './preview.ts';
import { previewedOf, refuseParents } from './previewed.ts';
import type { ChangeRow, SpanRecordRow } from './store.ts';
import { summaryRoutes } from './summary-routes.ts';
import { uptimeRoutes } from './uptime-routes.ts';
import { changeView, spanRecord } from './view.ts';

const batchSize = 500;

const changesOrder: Order = { name: 'changes', keys: ['instant', 'text'] };
const changeKeys = ({ decidedAt, kind }: ChangeRow): readonly string[] => [String(decidedAt.getTime()), kind];

const changesRoute = (app: FastifyInstance, deps: HistoryDeps): void => {
  app.route(
    route(listChanges, async (request, reply) => {
      const { id } = await ownMonitor(deps, request);
      const { limit } = request.query;
      const cursor = readCursor(request.query.cursor, changesOrder);
      const part = { position: cursor, rows: limit + 1 };
      const rows = await deps.history.listChanges(deps.db.sql, id, parseRange(request.query), part);
      return page(request, reply, { order: changesOrder, cursor, limit, rows, keysOf: changeKeys }, changeView);
    }),
  );
};

const spansOrder: Order = { name: 'spans', keys: ['instant', 'id', 'text'] };
const spanKeys = ({ startedAt, monitorId, region }: SpanRecordRow): readonly string[] => [
  String(startedAt.getTime()),
  monitorId,
  region,
];
const csvColumns: readonly CsvColumn<SpanRecord>[] = [
  ['monitorId', (s) => s.monitorId],
  ['monitorName', (s) => s.monitorName],
  ['region', (s) => s.region],
  ['code', (s) => s.code],
  ['failure', (s) => explain(s.failure)],
  ['startedAt', (s) => s.startedAt],
  ['lastSeenAt', (s) => s.lastSeenAt],
  ['endedAt', (s) => s.endedAt],
  ['durationMs', (s) => s.durationMs],
];

const spansRoute = (app: FastifyInstance, { db, history }: HistoryDeps): void => {
  app.route(
    route(listSpans, async (request, reply) => {
      const { monitorId, code, region, limit } = request.query;
      const format = rowFormatOf(request);
      const cursor = readCursor(request.query.cursor, spansOrder);
      const owner = { organisationId: organisationOf(request).id, monitorId: monitorId ?? null };
      const filter = { ...parseRange(request.query), ...owner, codes: code ?? null, regions: region ?? null };
      if (format === 'json') {
        const rows = await history.listSpans(db.sql, filter, { position: cursor, rows: limit + 1 });
        reply.header('vary', 'accept');
        return page(request, reply, { order: spansOrder, cursor, limit, rows, keysOf: spanKeys }, spanRecord);
      }
      const read = (keys: readonly string[] | null) =>
        history.listSpans(db.sql, filter, { position: keys && { direction: 'next', keys }, rows: batchSize });
      const batches = inBatches(read, spanKeys, spanRecord, batchSize, cursor?.keys ?? null);
      return sendRows(request, reply, { format, fileName: 'spans', columns: csvColumns, batches });
    }),
  );
};

const previewRoute = (app: FastifyInstance, deps: HistoryDeps): void => {
  app.route(
    route(previewPolicy, async (request) => {
      const monitor = previewedOf(await ownMonitor(deps, request), request.body);
      return readThenReckon(
        deps.db,
        deps.limits.logReadMs,
      )(async (sql, stillTime) => {
        await refuseParents(sql, monitor);
        return preview(deps, sql, { ...monitor, stillTime }, Date.now());
      });
    }),
  );
};

/** What a monitor was when and why: its decisions, its failures by code, its uptime. */
export const historyRoutes: FastifyPluginAsync<HistoryDeps> = async (app, deps) => {
  changesRoute(app, deps);
  spansRoute(app, deps);
  uptimeRoutes(app, deps);
  summaryRoutes(app, deps);
  previewRoute(app, deps);
};
