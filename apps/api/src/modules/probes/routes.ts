import { getAssignments, listRegions } from '@farwatch/contracts';
import type { FastifyPluginAsync } from 'fastify';
import { regionOf } from '../../plugins/accounts.ts';
import { route } from '../../plugins/route.ts';
import type { ModuleDeps } from '../module-deps.ts';

export const probeRoutes: FastifyPluginAsync<Pick<ModuleDeps, 'db' | 'regions'>> = async (app, { db, regions }) => {
  app.route(
    route(listRegions, async () => {
      const rows = await regions.list(db.sql);
      return { items: rows.map(({ id, lastSeenAt }) => ({ id, lastSeenAt: lastSeenAt?.toISOString() ?? null })) };
    }),
  );
  app.route(
    route(getAssignments, async (request, reply) => {
      const region = regionOf(request);
      await regions.seen(db.sql, region, new Date());
      // Read before the list: a change in between makes the tag too old, never the list.
      const etag = `"${region}-${await regions.version(db.sql, region)}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return { region, assignments: await regions.assignments(db.sql, region) };
    }),
  );
};
