import { getDelivery, listDeliveries } from '@farwatch/contracts';
import type { FastifyPluginAsync } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { ModuleDeps } from '../module-deps.ts';
import { type DeliveryRow, deliveryView } from './view.ts';

const order: Order = { name: 'deliveries', keys: ['instant', 'id'] };
const keysOf = ({ createdAt, id }: DeliveryRow): readonly string[] => [String(createdAt.getTime()), id];

export const deliveryRoutes: FastifyPluginAsync<Pick<ModuleDeps, 'db' | 'deliveries'>> = async (
  app,
  { db, deliveries },
) => {
  app.route(
    route(listDeliveries, async (request, reply) => {
      const { incidentId, channelId, status, limit } = request.query;
      const cursor = readCursor(request.query.cursor, order);
      const filter = {
        organisationId: organisationOf(request).id,
        incidentId: incidentId ?? null,
        channelId: channelId ?? null,
        statuses: status ?? null,
      };
      const rows = await deliveries.list(db.sql, filter, { position: cursor, limit });
      const ids = rows.map(({ id }) => id);
      const attempts = await deliveries.attempts(db.sql, ids);
      const view = (row: DeliveryRow) => deliveryView(row, attempts.get(row.id) ?? []);
      return page(request, reply, { order, cursor, limit, rows, keysOf }, view);
    }),
  );
  app.route(
    route(getDelivery, async (request) => {
      const id = request.params.deliveryId;
      const row = await deliveries.find(db.sql, { organisationId: organisationOf(request).id, id });
      if (row === null) throw notFound('delivery');
      const attempts = await deliveries.attempts(db.sql, [id]);
      return deliveryView(row, attempts.get(id) ?? []);
    }),
  );
};
