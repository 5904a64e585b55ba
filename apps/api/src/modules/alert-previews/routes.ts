import { previewAlerts } from '@farwatch/contracts';
import type { FastifyPluginAsync } from 'fastify';
import { readThenReckon } from '../../bounded-read.ts';
import { accountOf, organisationOf } from '../../plugins/accounts.ts';
import { route } from '../../plugins/route.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { type ChangeDeps, changed } from './change.ts';
import { compare } from './preview.ts';
import { readWorld } from './world-store.ts';

const replayedMs = 30 * 86_400_000;
const mostIncidents = 1_000;

export type AlertPreviewDeps = ChangeDeps & Pick<ModuleDeps, 'db' | 'windows' | 'limits'>;

/** What a change of the alerting rules would have told. Today's rules stand for the present on all days; nothing is stored. */
export const alertPreviewRoutes: FastifyPluginAsync<AlertPreviewDeps> = async (app, deps) => {
  app.route(
    route(previewAlerts, async (request) => {
      const { id: organisationId } = organisationOf(request);
      const now = Date.now();
      const accountId = accountOf(request)?.id ?? null;
      // The replay itself asks nothing more: it must not keep a connection from everybody else.
      return readThenReckon(
        deps.db,
        deps.limits.logReadMs,
      )(async (sql, stillTime) => {
        const asked = { organisationId, since: now - replayedMs, most: mostIncidents + 1 };
        const read = await readWorld(deps, sql, asked);
        const isCut = read.incidents.length > mostIncidents;
        const world = { ...read, incidents: read.incidents.slice(0, mostIncidents) };
        const since = isCut ? Math.min(...world.incidents.map(({ openedAt }) => openedAt)) : asked.since;
        const wanted = await changed(deps, sql, world, request.body.change, { organisationId, accountId, since, now });
        return () => compare(world, wanted, { since, now, isCut, stillTime });
      });
    }),
  );
};
