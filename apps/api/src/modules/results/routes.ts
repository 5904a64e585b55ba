import { type CheckResultView, getResult, listResults } from '@farwatch/contracts';
import { explain, failureCode } from '@farwatch/domain';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { boundedRead } from '../../bounded-read.ts';
import { parseInstant, parseRange } from '../../keyset.ts';
import { type Cursor, type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { type CsvColumn, inBatches, rowFormatOf, sendRows } from '../../plugins/row-stream.ts';
import { chartRoutes } from './chart-routes.ts';
import { ownMonitor, type ResultDeps } from './own-monitor.ts';
import { readResultId } from './result-id.ts';
import type { LogEntry, LogFilter } from './store.ts';
import { checkResultView, fullResultView } from './view.ts';

const order: Order = { name: 'results', keys: ['instant', 'text', 'text'] };
const keysOf = ({ result }: LogEntry): readonly string[] => [String(result.scheduledAt), result.region, result.family];
const view = ({ result, hasEvidence }: LogEntry): CheckResultView => checkResultView(result, hasEvidence);

/** A place in the middle: looks of the moment itself and older ones follow it. */
const openAt = (at: string | undefined): Cursor | null =>
  at === undefined ? null : { direction: 'next', keys: [String(parseInstant(at, '/query/at') + 1), '', 'any'] };

/** Rows read at a time for a stream. */
const batchSize = 1_000;

const reasonOf = ({ outcome }: CheckResultView): string | null => {
  switch (outcome.verdict) {
    case 'up':
      return null;
    case 'down':
      return explain(outcome.failure);
    case 'degraded':
    case 'inconclusive':
    case 'missed':
      return outcome.reason;
  }
};
const csvColumns: readonly CsvColumn<CheckResultView>[] = [
  ['id', (r) => r.id],
  ['monitorId', (r) => r.monitorId],
  ['region', (r) => r.region],
  ['family', (r) => r.family],
  ['trigger', (r) => r.trigger],
  ['scheduledAt', (r) => r.scheduledAt],
  ['startedAt', (r) => r.startedAt],
  ['verdict', (r) => r.outcome.verdict],
  ['code', (r) => (r.outcome.verdict === 'down' ? failureCode(r.outcome.failure) : null)],
  ['reason', reasonOf],
  ['status', (r) => r.status],
  ['totalMs', (r) => r.totalMs],
  ['dnsMs', (r) => r.phases.dnsMs],
  ['connectMs', (r) => r.phases.connectMs],
  ['tlsMs', (r) => r.phases.tlsMs],
  ['firstByteMs', (r) => r.phases.firstByteMs],
  ['downloadMs', (r) => r.phases.downloadMs],
  ['bytes', (r) => r.bytes],
  ['remoteAddress', (r) => r.remoteAddress],
  ['hasEvidence', (r) => r.hasEvidence],
];

const listRoute = (app: FastifyInstance, deps: ResultDeps): void => {
  const { db, limits, results } = deps;
  const readLog = boundedRead(db, limits.logReadMs);
  app.route(
    route(listResults, async (request, reply) => {
      const { verdict, status, region, trigger, failure, limit } = request.query;
      const format = rowFormatOf(request);
      const cursor = readCursor(request.query.cursor, order) ?? openAt(request.query.at);
      const range = parseRange(request.query);
      const monitorId = await ownMonitor(deps, request);
      const filter: LogFilter = {
        ...range,
        monitorId,
        verdicts: verdict ?? null,
        statuses: status ?? null,
        regions: region ?? null,
        triggers: trigger ?? null,
        failures: failure ?? null,
      };
      if (format === 'json') {
        const rows = await readLog((tx, stillTime) =>
          results.list(tx, filter, { position: cursor, rows: limit + 1 }, stillTime),
        );
        reply.header('vary', 'accept');
        return page(request, reply, { order, cursor, limit, rows, keysOf }, view);
      }
      const read = (keys: readonly string[] | null) =>
        readLog((tx, stillTime) =>
          results.list(tx, filter, { position: keys && { direction: 'next', keys }, rows: batchSize }, stillTime),
        );
      const batches = inBatches(read, keysOf, view, batchSize, cursor?.keys ?? null);
      return sendRows(request, reply, { format, fileName: 'results', columns: csvColumns, batches });
    }),
  );
};

const resultRoute = (app: FastifyInstance, deps: ResultDeps): void => {
  app.route(
    route(getResult, async (request) => {
      const monitorId = await ownMonitor(deps, request);
      const key = readResultId(request.params.resultId);
      const row = key === null ? null : await deps.results.find(deps.db.sql, { monitorId, ...key });
      if (row === null) throw notFound('result');
      return fullResultView(row.result, row.kept);
    }),
  );
};

export const resultRoutes: FastifyPluginAsync<ResultDeps> = async (app, deps) => {
  listRoute(app, deps);
  resultRoute(app, deps);
  await app.register(chartRoutes, deps);
};
