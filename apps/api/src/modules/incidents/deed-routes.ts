import {
  acknowledgeIncident as acknowledgeEndpoint,
  addComment as addCommentEndpoint,
  assignIncident as assignEndpoint,
  getPostMortem,
  listComments,
  writePostMortem as postMortemEndpoint,
  snoozeIncident as snoozeEndpoint,
  unacknowledgeIncident as unacknowledgeEndpoint,
} from '@farwatch/contracts';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { parseInstant } from '../../keyset.ts';
import { accountOf, organisationOf } from '../../plugins/accounts.ts';
import { etagOf, requireMatch } from '../../plugins/etags.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { invalidField, notFound, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { Actor } from '../alerts/planner.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { acknowledgeIncident, type OnOpen, snoozeIncident, unacknowledgeIncident } from './act.ts';
import { type CommentRow, commentView } from './comment-store.ts';
import { addComment, assignIncident, writePostMortem } from './note.ts';
import type { Deed, DeedDeps } from './perform.ts';
import { type IncidentRow, incidentView } from './view.ts';

export type DeedRouteDeps = DeedDeps & Pick<ModuleDeps, 'members'>;

const order: Order = { name: 'comments', keys: ['instant', 'id'] };
const keysOf = ({ createdAt, id }: CommentRow): readonly string[] => [String(createdAt.getTime()), id];

const actorOf = (request: FastifyRequest): Actor => {
  const account = accountOf(request);
  if (account === null) return { accountId: null, name: 'API key', via: 'api' };
  const name = account.name.trim() === '' ? account.email : account.name;
  return { accountId: account.id, name, via: 'page' };
};
const deedOf = (request: FastifyRequest<{ Params: { incidentId: string } }>): Deed => ({
  organisationId: organisationOf(request).id,
  incidentId: request.params.incidentId,
  by: actorOf(request),
  now: Date.now(),
});

const resolvedAlready = () => problem(409, 'incident-resolved', 'This incident is over.');
const openRow = (done: Awaited<OnOpen>) => {
  if (done === null) throw notFound('incident');
  if (done.kind === 'resolved') throw resolvedAlready();
  return done.performed.after;
};

const longestSnoozeMs = 7 * 86_400_000;
/** The moment a snooze ends. Throws 400 unless it is ahead, and not too far. */
const snoozeEnd = (text: string | null, now: number): number | null => {
  if (text === null) return null;
  const until = parseInstant(text, '/until');
  if (until <= now) throw invalidField('/until', 'not-in-future', 'This moment has passed.');
  if (until > now + longestSnoozeMs) throw invalidField('/until', 'too-far-ahead', 'At most 7 days can be snoozed.');
  return until;
};

const actionRoutes = (app: FastifyInstance, deps: DeedRouteDeps): void => {
  const { db, incidents } = deps;
  app.route(
    route(acknowledgeEndpoint, async (request) => {
      const deed = deedOf(request);
      const { kind } = await acknowledgeIncident(deps, deed);
      if (kind === 'resolved') throw resolvedAlready();
      const row = await incidents.find(db.sql, { organisationId: deed.organisationId, id: deed.incidentId });
      if (kind === 'missing' || row === null) throw notFound('incident');
      return incidentView(row);
    }),
  );
  app.route(
    route(unacknowledgeEndpoint, async (request) =>
      incidentView(openRow(await unacknowledgeIncident(deps, deedOf(request)))),
    ),
  );
  app.route(
    route(snoozeEndpoint, async (request) => {
      const deed = deedOf(request);
      const until = snoozeEnd(request.body.until, deed.now);
      return incidentView(openRow(await snoozeIncident(deps, deed, until)));
    }),
  );
};

const noteRoutes = (app: FastifyInstance, deps: DeedRouteDeps): void => {
  const { db, incidents, comments } = deps;
  app.route(
    route(assignEndpoint, async (request) =>
      incidentView(await assignIncident(deps, deedOf(request), request.body.accountId)),
    ),
  );
  app.route(
    route(addCommentEndpoint, async (request) =>
      commentView(await addComment(deps, deedOf(request), request.body.text)),
    ),
  );
  app.route(
    route(listComments, async (request, reply) => {
      const { limit, cursor: text } = request.query;
      const cursor = readCursor(text, order);
      const { incidentId } = request.params;
      const incident = await incidents.find(db.sql, { organisationId: organisationOf(request).id, id: incidentId });
      if (incident === null) throw notFound('incident');
      const rows = await comments.list(db.sql, { incidentId, position: cursor, limit });
      return page(request, reply, { order, cursor, limit, rows, keysOf }, commentView);
    }),
  );
};

const postMortemTag = ({ postMortemAt }: IncidentRow): string => etagOf(postMortemAt ?? 0);
const postMortemRoutes = (app: FastifyInstance, deps: DeedRouteDeps): void => {
  const { db, incidents } = deps;
  app.route(
    route(getPostMortem, async (request, reply) => {
      const { incidentId: id } = request.params;
      const row = await incidents.find(db.sql, { organisationId: organisationOf(request).id, id });
      if (row === null) throw notFound('incident');
      reply.header('etag', postMortemTag(row));
      const { postMortem: text, postMortemAt } = row;
      return { text, writtenAt: postMortemAt?.toISOString() ?? null };
    }),
  );
  app.route(
    route(postMortemEndpoint, async (request, reply) => {
      const unchanged = (before: IncidentRow): void => requireMatch(request, postMortemTag(before));
      const after = await writePostMortem(deps, deedOf(request), request.body.text, unchanged);
      reply.header('etag', postMortemTag(after));
      return incidentView(after);
    }),
  );
};

/** What people do about incidents: each a line of the incident's story, an event, and news for whoever was told. */
export const deedRoutes: FastifyPluginAsync<DeedRouteDeps> = async (app, deps) => {
  actionRoutes(app, deps);
  noteRoutes(app, deps);
  postMortemRoutes(app, deps);
};
