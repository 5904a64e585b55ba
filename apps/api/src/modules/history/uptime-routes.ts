import { getTimeline, getUptime, mostStretches } from '@farwatch/contracts';
import { timelineOf, uptimeOf } from '@farwatch/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseRange } from '../../keyset.ts';
import { problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { knownStretches } from './known-stretches.ts';
import { type HistoryDeps, ownMonitor } from './own-monitor.ts';

const dayMs = 86_400_000;
const longestMs = 400 * dayMs;

type Asked = FastifyRequest<{ Params: { monitorId: string }; Querystring: { from?: string; to?: string } }>;

/** What is known of a monitor's time in the range that is asked for, from its making on; `usualMs` back where nothing is said. */
const knownOf = async (deps: HistoryDeps, request: Asked, usualMs: number) => {
  const { id, createdAt } = await ownMonitor(deps, request);
  const now = Date.now();
  const asked = parseRange(request.query);
  const until = Math.min(asked.to ?? now, now);
  const from = Math.min(Math.max(asked.from ?? until - usualMs, createdAt.getTime()), until);
  if (until - from > longestMs) throw problem(400, 'range-too-long', 'At most 400 days at a time.');
  const range = { from, until };
  return { range, ...(await knownStretches(deps, [id], range))(id) };
};
const iso = (at: number): string => new Date(at).toISOString();

/** How much of a range it was up, and when. */
export const uptimeRoutes = (app: FastifyInstance, deps: HistoryDeps): void => {
  app.route(
    route(getUptime, async (request) => {
      const { range, ...known } = await knownOf(deps, request, 30 * dayMs);
      return { from: iso(range.from), to: iso(range.until), ...uptimeOf(range, known), incidents: known.down.length };
    }),
  );
  app.route(
    route(getTimeline, async (request) => {
      const { range, ...known } = await knownOf(deps, request, dayMs);
      const stretches = timelineOf(range, known)
        .slice(-mostStretches)
        .map(({ state, from, until }) => ({ state, from: iso(from), to: iso(until) }));
      return { from: stretches[0]?.from ?? iso(range.from), to: iso(range.until), stretches };
    }),
  );
};
