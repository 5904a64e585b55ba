import type { Readable } from 'node:stream';
import { streamEvents } from '@farwatch/contracts';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, organisationOf } from '../../plugins/accounts.ts';
import { problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { lastEventIdOf } from './frames.ts';
import { openEventStream } from './stream.ts';

/** How a stream behaves in time; tests make it quicker. */
export type StreamPace = Readonly<{ heartbeatMs: number; recheckMs: number; maxUnreadBytes: number }>;
export const defaultPace: StreamPace = { heartbeatMs: 15_000, recheckMs: 30_000, maxUnreadBytes: 1_048_576 };

export type EventDeps = Pick<ModuleDeps, 'db' | 'log' | 'events' | 'hub' | 'limits'> &
  Readonly<{
    findCaller: (request: FastifyRequest, reply: FastifyReply) => Promise<Caller | null>;
    pace?: StreamPace;
  }>;

/** Callers come back between once and twice this after the line was lost: spread out, or all knock at once. */
const retryMs = 2_000;

/** Streams that are open, by organisation. */
const openCounter = (limit: number) => {
  const open = new Map<string, Set<Readable>>();
  return {
    full: (organisationId: string): boolean => (open.get(organisationId)?.size ?? 0) >= limit,
    add: (organisationId: string, stream: Readable): void => {
      const those = open.get(organisationId) ?? new Set();
      open.set(organisationId, those.add(stream));
      stream.once('close', () => {
        those.delete(stream);
        if (those.size === 0) open.delete(organisationId);
      });
    },
    endAll: (): void => {
      for (const those of open.values()) for (const stream of those) stream.push(null);
    },
  };
};

/** Ends the stream once its caller has logged out, lost the key or left the organisation. */
const watchCaller = (
  { findCaller, log }: EventDeps,
  { request, reply, stream }: Readonly<{ request: FastifyRequest; reply: FastifyReply; stream: Readable }>,
  everyMs: number,
): void => {
  const { id } = organisationOf(request);
  const look = async (): Promise<void> => {
    const caller = await findCaller(request, reply);
    const known = caller !== null && caller.kind !== 'probe' && caller.organisation.id === id;
    if (!known && !stream.destroyed) stream.push(null);
  };
  const timer = setInterval(() => {
    look().catch((err: unknown) => log.warn({ err }, 'the caller of an event stream could not be looked up'));
  }, everyMs);
  stream.once('close', () => clearInterval(timer));
};

export const eventRoutes: FastifyPluginAsync<EventDeps> = async (app, deps) => {
  const { db, events, hub, limits, pace = defaultPace } = deps;
  const streams = openCounter(limits.streamsPerOrganisation);
  app.addHook('preClose', async () => streams.endAll());
  app.route(
    route(streamEvents, async (request, reply) => {
      const { id: organisationId } = organisationOf(request);
      // `no-transform` and the nginx header: what a proxy collects before passing it on is not live any more.
      reply
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store, no-transform')
        .header('x-accel-buffering', 'no');
      if (request.method === 'HEAD') return reply.send('');
      if (streams.full(organisationId))
        throw problem(429, 'too-many-streams', 'Too many event streams are open; close one first.', undefined, {
          'retry-after': '5',
        });
      const stream = openEventStream({
        sql: db.sql,
        events,
        hub,
        organisationId,
        monitorId: request.query.monitorId ?? null,
        lastEventId: lastEventIdOf(request.headers['last-event-id']) ?? request.query.lastEventId ?? null,
        ...pace,
        retryMs: retryMs + Math.floor(Math.random() * retryMs),
      });
      if (stream === null) throw problem(503, 'events-unavailable', 'Live events are not available right now.');
      streams.add(organisationId, stream);
      watchCaller(deps, { request, reply, stream }, pace.recheckMs);
      return reply.send(stream);
    }),
  );
};
