import { getDelivery, listDeliveries, type QueryOf, resendDelivery } from '@farwatch/contracts';
import type { FastifyPluginAsync } from 'fastify';
import type { Sql } from '../../db.ts';
import { parseRange } from '../../keyset.ts';
import { organisationOf } from '../../plugins/accounts.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound, problem } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { ModuleDeps } from '../module-deps.ts';
import type { DeliveryFilter } from './store.ts';
import { type DeliveryRow, deliveryView } from './view.ts';

type DeliveryDeps = Pick<ModuleDeps, 'db' | 'log' | 'deliveries' | 'alerts' | 'deliveryQueue'>;
type Which = Readonly<{ organisationId: string; deliveryId: string }>;

const order: Order = { name: 'deliveries', keys: ['instant', 'id'] };
const keysOf = ({ createdAt, id }: DeliveryRow): readonly string[] => [String(createdAt.getTime()), id];

const momentOf = (at: number | null): Date | null => (at === null ? null : new Date(at));
/** Throws 400 for a moment that is none, and for a range that ends before it begins. */
const filterOf = (organisationId: string, asked: QueryOf<typeof listDeliveries>): DeliveryFilter => {
  const { from, to } = parseRange(asked);
  return {
    organisationId,
    incidentId: asked.incidentId ?? null,
    monitorId: asked.monitorId ?? null,
    channelId: asked.channelId ?? null,
    statuses: asked.status ?? null,
    kinds: asked.kind ?? null,
    events: asked.event ?? null,
    from: momentOf(from),
    to: momentOf(to),
  };
};

const oneView = async (
  { deliveries }: Pick<ModuleDeps, 'deliveries'>,
  sql: Sql,
  { organisationId, deliveryId: id }: Which,
) => {
  const row = await deliveries.find(sql, { organisationId, id });
  if (row === null) throw notFound('delivery');
  const attempts = await deliveries.attempts(sql, [id]);
  return deliveryView(row, attempts.get(id) ?? []);
};

/** A dead letter, or a delivered webhook, once more. What a lost queue keeps back is found by the sweep. */
const resend = async (deps: DeliveryDeps, which: Which): Promise<void> => {
  const { deliveryId } = which;
  const again = await deps.db.transaction((tx) => deps.alerts.resend(tx, { ...which, now: Date.now() }));
  if (again === null) throw notFound('delivery');
  if (again === false)
    throw problem(409, 'not-resendable', 'Only what has failed, and webhooks that were delivered, can be sent again.');
  try {
    await deps.deliveryQueue.send({ deliveryId, attempt: again.attempt });
  } catch (err) {
    deps.log.warn({ err, deliveryId }, 'a delivery waits for the sweep: the queue is away');
  }
};

export const deliveryRoutes: FastifyPluginAsync<DeliveryDeps> = async (app, deps) => {
  const { db, deliveries } = deps;
  app.route(
    route(listDeliveries, async (request, reply) => {
      const { limit } = request.query;
      const cursor = readCursor(request.query.cursor, order);
      const filter = filterOf(organisationOf(request).id, request.query);
      const rows = await deliveries.list(db.sql, filter, { position: cursor, limit });
      const attempts = await deliveries.attempts(
        db.sql,
        rows.map(({ id }) => id),
      );
      const view = (row: DeliveryRow) => deliveryView(row, attempts.get(row.id) ?? []);
      return page(request, reply, { order, cursor, limit, rows, keysOf }, view);
    }),
  );
  app.route(
    route(getDelivery, (request) =>
      oneView(deps, db.sql, { organisationId: organisationOf(request).id, deliveryId: request.params.deliveryId }),
    ),
  );
  app.route(
    route(resendDelivery, async (request) => {
      const which = { organisationId: organisationOf(request).id, deliveryId: request.params.deliveryId };
      await resend(deps, which);
      return oneView(deps, db.sql, which);
    }),
  );
};
