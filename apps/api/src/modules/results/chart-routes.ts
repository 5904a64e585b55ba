import { getAvailability, getResponseTimes } from '@farwatch/contracts';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { boundedRead, type StillTime } from '../../bounded-read.ts';
import type { Sql } from '../../db.ts';
import { parseRange } from '../../keyset.ts';
import { invalidField } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { type MonitorLog, monitorLog } from './monitor-log.ts';
import { ownMonitor, type ResultDeps } from './own-monitor.ts';
import {
  type Buckets,
  bucketsFor,
  lengthFor,
  type MeanPhases,
  meanPhasesOf,
  type Percentiles,
  type Point,
  percentilesOf,
  pointsOf,
  type Range,
  widen,
} from './response-times.ts';
import { type RollUp, readRollUps } from './roll-up-store.ts';
import { readStretch } from './store.ts';
import { sumTallies, type Tally } from './tally.ts';

const dayMs = 86_400_000;
const longestRangeMs = 1_830 * dayMs;

const rangeOf = (query: { from?: string; to?: string }, now: number): Range => {
  const asked = parseRange(query);
  const to = asked.to ?? Math.max(now, (asked.from ?? 0) + 1);
  const from = asked.from ?? to - dayMs;
  if (from >= to) throw invalidField('/query/to', 'range-empty', 'The range is empty.');
  if (to - from > longestRangeMs)
    throw invalidField('/query/from', 'range-too-long', 'A range can cover at most five years.');
  return { from, to };
};
const wireRange = ({ from, to }: Range) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });

/** By region name, in their order. */
const byRegion = (log: MonitorLog, parts: readonly RollUp[]): readonly (readonly [string, readonly RollUp[]])[] =>
  [...Map.groupBy(parts, ({ region }) => log.regions.get(region) ?? '')].toSorted(([a], [b]) => (a < b ? -1 : 1));

const partsOf = async (sql: Sql, log: MonitorLog, range: Range, { source }: Buckets, stillTime: StillTime) =>
  source === 'log'
    ? readStretch(sql, log, range, stillTime)
    : readRollUps(sql, source, { monitor: log.monitor, ...widen(range, source) });

type WithPhases = Readonly<{ phases?: MeanPhases | null }>;
type LinePoint = Omit<Point, 'at' | 'phases'> & WithPhases & { at: string };
type Line = Percentiles & WithPhases & Readonly<{ points: LinePoint[] }>;
/** `told`: whether phases are asked for; without them an answer is half as long. */
const lineOf = (parts: readonly RollUp[], buckets: Buckets, told: boolean): Line => {
  const sum = sumTallies(parts);
  return {
    ...percentilesOf(sum),
    ...(told ? { phases: meanPhasesOf(sum) } : {}),
    points: pointsOf(parts, buckets).map(({ at, phases, ...point }) => ({
      ...point,
      at: new Date(at).toISOString(),
      ...(told ? { phases } : {}),
    })),
  };
};

const chartRoute = (app: FastifyInstance, deps: ResultDeps): void => {
  const readLog = boundedRead(deps.db, deps.limits.logReadMs);
  app.route(
    route(getResponseTimes, async (request) => {
      const now = Date.now();
      const { points, phases } = request.query;
      const range = rangeOf(request.query, now);
      const buckets = bucketsFor(range, points, now);
      const monitorId = await ownMonitor(deps, request);
      const { log, parts } = await readLog(async (tx, stillTime) => {
        const log = await monitorLog(tx, monitorId, now);
        return { log, parts: log === null ? [] : await partsOf(tx, log, range, buckets, stillTime) };
      });
      const series = (log === null ? [] : byRegion(log, parts)).map(([region, own]) => ({
        region,
        ...lineOf(own, buckets, phases),
      }));
      return { ...wireRange(range), bucketMs: buckets.bucketMs, ...lineOf(parts, buckets, phases), series };
    }),
  );
};

const countsOf = ({ up, degraded, down, inconclusive, missed }: Tally) => {
  const told = up + degraded + down;
  return {
    due: told + inconclusive + missed,
    ...{ up, degraded, down, inconclusive, missed },
    goodRatio: told === 0 ? null : (up + degraded) / told,
  };
};

const availabilityRoute = (app: FastifyInstance, deps: ResultDeps): void => {
  const readLog = boundedRead(deps.db, deps.limits.logReadMs);
  app.route(
    route(getAvailability, async (request) => {
      const now = Date.now();
      const asked = rangeOf(request.query, now);
      const length = lengthFor(asked, now);
      const range = widen(asked, length);
      const monitorId = await ownMonitor(deps, request);
      const { log, parts } = await readLog(async (tx) => {
        const log = await monitorLog(tx, monitorId, now);
        return { log, parts: log === null ? [] : await readRollUps(tx, length, { monitor: log.monitor, ...range }) };
      });
      const regions = (log === null ? [] : byRegion(log, parts)).map(([region, own]) => ({
        region,
        ...countsOf(sumTallies(own)),
      }));
      return { ...wireRange(range), ...countsOf(sumTallies(parts)), regions };
    }),
  );
};

export const chartRoutes: FastifyPluginAsync<ResultDeps> = async (app, deps) => {
  chartRoute(app, deps);
  availabilityRoute(app, deps);
};
