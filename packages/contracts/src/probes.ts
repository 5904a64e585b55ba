import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { Id, Instant, nullable, RegionId } from './values.ts';

const Count = Type.Integer({ minimum: 0 });
/** In one sign of life. A probe that keeps more asks for its oldest first. */
export const mostBatchesAsked = 1_000;

/** What a probe says of itself. Not strict: a newer probe may say more than this core knows of. Old probes outlive a deploy: only ever add, and nothing that must be there. */
export const SignOfLife = Type.Object({
  probeId: Type.String({ minLength: 1, maxLength: 100 }),
  version: Type.String({ maxLength: 50 }),
  /** The probe's own wall clock when it sent this. */
  at: Instant,
  /** How far that clock is ahead of the core's, as far as the probe knows; null = it has not measured it yet. */
  clockOffsetMs: nullable(Type.Integer()),
  /** It reaches none of its control targets: what it looks at has no vote. */
  blind: Type.Boolean(),
  /** ETag of the assignments it works on; null = it has none from this run. */
  assignments: nullable(Type.String({ maxLength: 200 })),
  /** Looks since it started, by what came of them. */
  counts: Type.Object({
    due: Count,
    open: Count,
    up: Count,
    degraded: Count,
    down: Count,
    inconclusive: Count,
    missed: Count,
  }),
  /** Batches of results that it keeps because it does not know yet whether the database has them, oldest first. */
  batches: Type.Optional(Type.Array(Id, { maxItems: mostBatchesAsked })),
});
export type SignOfLife = Static<typeof SignOfLife>;

/** Every 10 s from every probe; a region that is not heard of for 90 s is dark. */
export const probeAlive = defineEndpoint({
  method: 'POST',
  url: '/v1/probe/alive',
  operationId: 'probeAlive',
  summary: 'A probe’s sign of life; the answer tells the core’s time and whether there is something new to pull',
  tag: 'probe',
  access: 'probe',
  schema: {
    body: SignOfLife,
    response: {
      200: Type.Object({
        at: Instant,
        assignmentsChanged: Type.Boolean(),
        stored: Type.Optional(
          Type.Array(Id, {
            description: 'which of the batches asked for are in the database: the probe may forget them',
          }),
        ),
      }),
    },
  },
});

export const RegionView = Type.Object({
  id: RegionId,
  lastSeenAt: nullable(Instant),
  /** From the catalogue; null for a region of one's own. */
  city: nullable(Type.String()),
  country: nullable(Type.String({ description: 'ISO 3166-1 alpha-2' })),
  latitude: nullable(Type.Number()),
  longitude: nullable(Type.Number()),
  clockOffsetMs: nullable(
    Type.Integer({ description: 'how far its probe’s own clock is ahead of ours; results are corrected beyond 2 s' }),
  ),
  blind: Type.Boolean({ description: 'its probe reaches none of its control targets' }),
  darkSince: nullable(Type.String({ format: 'date-time', description: 'no sign of life since then' })),
});

export const listRegions = defineEndpoint({
  method: 'GET',
  url: '/v1/regions',
  operationId: 'listRegions',
  summary: 'The regions monitors can be looked at from',
  tag: 'regions',
  access: 'read',
  schema: { response: { 200: Type.Object({ items: Type.Array(RegionView) }) } },
});
