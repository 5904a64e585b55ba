import { listMonitorSummaries, type MonitorSummary, summaryBars, summaryTimes } from '@farwatch/contracts';
import { dayBars, type Stretch, timelineOf, uptimeOf } from '@farwatch/domain';
import type { FastifyInstance } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { route } from '../../plugins/route.ts';
import { type DayTimes, dayTimes } from '../results/day-times.ts';
import { type KnownStretches, knownStretches } from './known-stretches.ts';
import type { HistoryDeps } from './own-monitor.ts';

const hourMs = 3_600_000;
const barMs = (24 * hourMs) / summaryBars;
const noTimes: DayTimes = { times: Array.from({ length: summaryTimes }, () => null), p95Ms: null };

type Monitor = Readonly<{ id: string; createdAt: Date }>;
const summaryOf = (
  { id, createdAt }: Monitor,
  { unknown, ...rest }: KnownStretches,
  times: DayTimes,
  range: Stretch,
): MonitorSummary => {
  const { from } = range;
  // Before it was made nobody looked.
  const known = { ...rest, unknown: [...unknown, { from, until: createdAt.getTime() }] };
  const { bars, down } = dayBars(timelineOf(range, known), { from, count: summaryBars, barMs });
  return {
    monitorId: id,
    uptime: uptimeOf(range, known).ratio,
    bars,
    down: down.map(([bar, ms]) => [bar, ms]),
    times: [...times.times],
    p95Ms: times.p95Ms,
  };
};

/** What a table of monitors shows of the last day. */
export const summaryRoutes = (app: FastifyInstance, deps: HistoryDeps): void => {
  app.route(
    route(listMonitorSummaries, async (request) => {
      const { db, monitors } = deps;
      const own = await monitors.own(db.sql, organisationOf(request).id, request.query.monitorId ?? null);
      const ids = own.map(({ id }) => id);
      const now = Date.now();
      const to = Math.ceil((now + 1) / barMs) * barMs;
      const range = { from: to - summaryBars * barMs, until: now };
      const firstHour = Math.floor(now / hourMs) - summaryTimes + 1;
      const [known, times] = await Promise.all([
        knownStretches(deps, ids, range),
        dayTimes(db.sql, ids, { firstHour, hours: summaryTimes }),
      ]);
      return {
        to: new Date(to).toISOString(),
        items: own.map((monitor) => summaryOf(monitor, known(monitor.id), times.get(monitor.id) ?? noTimes, range)),
      };
    }),
  );
};
