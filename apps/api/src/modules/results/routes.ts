import { type CheckResultView, getResponseTimes, getResult, listResults } from '@farwatch/contracts';
import { explain, failureCode } from '@farwatch/domain';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { boundedRead } from '../../bounded-read.ts';
import { parseRange } from '../../keyset.ts';
import { organisationOf } from '../../plugins/accounts.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { invalidField, notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { type CsvColumn, inBatches, rowFormatOf, sendRows } from '../../plugins/row-stream.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { bucketLength, type Point, responseTimes } from './response-times.ts';
import type { LogEntry, LogFilter } from './store.ts';
import { checkResultView } from './view.ts';

type ResultDeps = Pick<ModuleDeps, 'db' | 'limits' | 'monitors' | 'results'>;

const order: Order = { name: 'results', keys: ['instant', 'text', 'text'] };
const keysOf = ({ result }: LogEntry): readonly string[] => [String(result.scheduledAt), result.region, result.family];
const view = ({ result, hasEvidence }: LogEntry): CheckResultView => checkResultView(result, hasEvidence);

/** Rows read at a time for a stream. */
const batchSize = 500;
/** The last moment there is, in JavaScript and nearly so in PostgreSQL. */
const latestMs = 8_640_000_000_000_000;
const dayMs = 86_400_000;
const longestRangeMs = 92 * dayMs;

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

/** The monitor's id once it is known to be the caller's. */
const ownMonitor = async (
  { db, monitors }: ResultDeps,
  request: FastifyRequest<{ Params: { monitorId: string } }>,
): Promise<string> => {
  const id = request.params.monitorId;
  const row = await monitors.find(db.sql, { organisationId: organisationOf(request).id, id });
  if (row === null) throw notFound('monitor');
  return id;
};

const listRoute = (app: FastifyInstance, deps: ResultDeps): void => {
  const { db, limits, results } = deps;
  const readLog = boundedRead(db, limits.logReadMs);
  app.route(
    route(listResults, async (request, reply) => {
      const { verdict, status, region, limit } = request.query;
      const format = rowFormatOf(request);
      const cursor = readCursor(request.query.cursor, order);
      const range = parseRange(request.query);
      const monitorId = await ownMonitor(deps, request);
      const filter: LogFilter = {
        ...range,
        monitorId,
        verdicts: verdict ?? null,
        statuses: status ?? null,
        regions: region ?? null,
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
      const [, at = '', region = '', family = ''] = /^(\d+)-(.+)-(any|ipv4|ipv6)$/u.exec(request.params.resultId) ?? [];
      const known = family === 'any' || family === 'ipv4' || family === 'ipv6';
      if (!known || Number(at) > latestMs) throw notFound('result');
      const row = await deps.results.find(deps.db.sql, { monitorId, scheduledAt: Number(at), region, family });
      if (row === null) throw notFound('result');
      return { ...checkResultView(row.result, row.evidence !== null), evidence: row.evidence };
    }),
  );
};

const rangeOf = (query: { from?: string; to?: string }): Readonly<{ from: number; to: number }> => {
  const asked = parseRange(query);
  const to = asked.to ?? Math.max(Date.now(), (asked.from ?? 0) + 1);
  const from = asked.from ?? to - dayMs;
  if (from >= to) throw invalidField('/query/to', 'range-empty', 'The range is empty.');
  if (to - from > longestRangeMs)
    throw invalidField('/query/from', 'range-too-long', 'A chart can cover at most 92 days.');
  return { from, to };
};

const pointView = ({ at, meanMs, maxMs, checks, down }: Point) => ({
  at: at.toISOString(),
  meanMs,
  maxMs,
  checks,
  down,
});

const chartRoute = (app: FastifyInstance, deps: ResultDeps): void => {
  const readLog = boundedRead(deps.db, deps.limits.logReadMs);
  app.route(
    route(getResponseTimes, async (request) => {
      const { from, to } = rangeOf(request.query);
      const monitorId = await ownMonitor(deps, request);
      const bucketMs = bucketLength(from, to, request.query.points);
      const points = await readLog((tx) => responseTimes(tx, { monitorId, from, to, bucketMs }));
      const series = [...Map.groupBy(points, ({ region }) => region)].map(([region, own]) => ({
        region,
        points: own.map(pointView),
      }));
      return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), bucketMs, series };
    }),
  );
};

export const resultRoutes: FastifyPluginAsync<ResultDeps> = async (app, deps) => {
  listRoute(app, deps);
  resultRoute(app, deps);
  chartRoute(app, deps);
};
