import { createMark, deleteMark, listMarks } from '@farwatch/contracts';
import type { FastifyPluginAsync } from 'fastify';
import { v7 as newId } from 'uuid';
import { parseInstant, parseRange } from '../../keyset.ts';
import { accountOf, organisationOf } from '../../plugins/accounts.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { invalidField, notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { refuse } from '../escalations/references.ts';
import { scopeFaults } from '../maintenance/faults.ts';
import type { ModuleDeps } from '../module-deps.ts';
import type { MarkRow } from './store.ts';
import { markView } from './view.ts';

const order: Order = { name: 'marks', keys: ['instant', 'id'] };
const keysOf = ({ at, id }: MarkRow): readonly string[] => [String(at.getTime()), id];

const oldestMs = 30 * 86_400_000;
/** A clock may be a little fast. */
const aheadMs = 60_000;

/** When it happened. Throws 400 for what lies ahead, or too far back. */
const momentOf = (text: string | undefined, now: number): Date => {
  if (text === undefined) return new Date(now);
  const at = parseInstant(text, '/at');
  if (at > now + aheadMs) throw invalidField('/at', 'in-future', 'A mark is of something that has happened.');
  if (at < now - oldestMs) throw invalidField('/at', 'too-old', 'A mark lies at most 30 days back.');
  return new Date(at);
};

/** Marks: set by people and by CI, shown on charts, named by incidents. */
export const markRoutes: FastifyPluginAsync<Pick<ModuleDeps, 'db' | 'marks'>> = async (app, { db, marks }) => {
  app.route(
    route(createMark, async (request, reply) => {
      const { kind, text, at, appliesTo = { kind: 'all' } } = request.body;
      const { id: organisationId } = organisationOf(request);
      const now = Date.now();
      refuse(await scopeFaults(db.sql, organisationId, appliesTo));
      const account = accountOf(request);
      const author = account === null ? 'API key' : account.name.trim() === '' ? account.email : account.name;
      const ground = { id: newId(), organisationId, author, createdAt: new Date(now) };
      const row: MarkRow = { ...ground, kind, text, at: momentOf(at, now), appliesTo };
      await marks.insert(db.sql, row);
      reply.header('location', `/v1/marks/${row.id}`);
      return markView(row);
    }),
  );
  app.route(
    route(listMarks, async (request, reply) => {
      const { monitorId, kind, limit } = request.query;
      const cursor = readCursor(request.query.cursor, order);
      const { id: organisationId } = organisationOf(request);
      const filter = {
        ...parseRange(request.query),
        ...{ organisationId, monitorId: monitorId ?? null, kinds: kind ?? null },
      };
      const rows = await marks.list(db.sql, filter, { position: cursor, rows: limit + 1 });
      return page(request, reply, { order, cursor, limit, rows, keysOf }, markView);
    }),
  );
  app.route(
    route(deleteMark, async (request) => {
      const { id: organisationId } = organisationOf(request);
      if (!(await marks.remove(db.sql, { organisationId, id: request.params.markId }))) throw notFound('mark');
      return undefined;
    }),
  );
};
