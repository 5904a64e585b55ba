import { type Assignment, getAssignments, listRegions, probeAlive, type SignOfLife } from '@farwatch/contracts';
import { placeOf } from '@farwatch/domain';
import type { FastifyPluginAsync } from 'fastify';
import { regionOf } from '../../plugins/accounts.ts';
import { route } from '../../plugins/route.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { secretHeader } from '../monitors/auth.ts';
import type { RegionRow, SealedAssignment } from './store.ts';

const nowhere = { city: null, country: null, latitude: null, longitude: null };

const regionView = ({ id, lastSeenAt, darkSince, clockOffsetMs, blind }: RegionRow) => {
  const { id: _, ...place } = placeOf(id) ?? { id, ...nowhere };
  return {
    id,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    ...place,
    clockOffsetMs,
    blind,
    darkSince: darkSince?.toISOString() ?? null,
  };
};

/** What fits the column: a clock that is off by weeks is off, and by how much matters no more. */
const farthestMs = 2_000_000_000;
/** The probe knows best: it has seen many round trips. One that has seen none is judged by this call. */
const offsetOf = ({ clockOffsetMs, at }: SignOfLife, now: number): number =>
  Math.max(-farthestMs, Math.min(farthestMs, clockOffsetMs ?? Date.parse(at) - now));

/**
 * With its credential, as the probe needs it. One whose credential can't be opened is left out: without it the site would
 * only say that nobody may look.
 */
const openAssignment =
  ({ keyring, log }: Pick<ModuleDeps, 'keyring' | 'log'>) =>
  ({ organisationId, authSealed, ...assignment }: SealedAssignment): readonly Assignment[] => {
    if (authSealed === null) return [assignment];
    const row = { organisationId, id: assignment.monitorId };
    try {
      return [{ ...assignment, secret: secretHeader(keyring, row, authSealed) }];
    } catch (error) {
      log.warn(
        { err: error, monitorId: assignment.monitorId },
        'a monitor’s log-in can’t be opened: nobody looks at it',
      );
      return [];
    }
  };

export const probeRoutes: FastifyPluginAsync<
  Pick<ModuleDeps, 'db' | 'keyring' | 'log' | 'regions' | 'results'>
> = async (app, { db, keyring, log, regions, results }) => {
  // With other keys other log-ins can be opened, and what was left out may be told.
  const etagOf = async (region: string): Promise<string> =>
    `"${region}-${await regions.version(db.sql, region)}-${keyring.fingerprint}"`;
  app.route(route(listRegions, async () => ({ items: (await regions.list(db.sql)).map(regionView) })));
  app.route(
    route(getAssignments, async (request, reply) => {
      const region = regionOf(request);
      await regions.seen(db.sql, region, new Date());
      // Read before the list: a change in between makes the tag too old, never the list. So with pages, by the first one's tag.
      const etag = await etagOf(region);
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      const { assignments: sealed, next } = await regions.assignments(db.sql, region, request.query);
      const assignments = sealed.flatMap(openAssignment({ keyring, log }));
      return { region, assignments, ...(next === null ? {} : { next }) };
    }),
  );
  app.route(
    route(probeAlive, async (request) => {
      const region = regionOf(request);
      const now = new Date();
      const { blind, assignments, batches } = request.body;
      await regions.alive(db.sql, region, { clockOffsetMs: offsetOf(request.body, now.getTime()), blind, now });
      const assignmentsChanged = assignments !== (await etagOf(region));
      const stored = batches === undefined ? {} : { stored: await results.storedBatches(db.sql, batches) };
      return { at: new Date().toISOString(), assignmentsChanged, ...stored };
    }),
  );
};
