import {
  createChannel as createChannelEndpoint,
  deleteChannel,
  getChannel,
  listChannels,
  testChannel as testChannelEndpoint,
  updateChannel,
} from '@farwatch/contracts';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { etagOf, requireMatch, sendEtag } from '../../plugins/etags.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { deliveryView } from '../deliveries/view.ts';
import { type ChannelRow, channelView } from './view.ts';
import { type ChannelDeps, changeChannel, createChannel, testChannel } from './write.ts';

const order: Order = { name: 'channels', keys: ['instant', 'id'] };
const keysOf = ({ createdAt, id }: ChannelRow): readonly string[] => [String(createdAt.getTime()), id];
const ownedOf = (request: FastifyRequest<{ Params: { channelId: string } }>) => ({
  organisationId: organisationOf(request).id,
  id: request.params.channelId,
});

const readRoutes = (app: FastifyInstance, { db, channels }: ChannelDeps): void => {
  app.route(
    route(listChannels, async (request, reply) => {
      const { limit } = request.query;
      const cursor = readCursor(request.query.cursor, order);
      const { id: organisationId } = organisationOf(request);
      const rows = await channels.list(db.sql, { organisationId, position: cursor, limit });
      return page(request, reply, { order, cursor, limit, rows, keysOf }, channelView);
    }),
  );
  app.route(
    route(getChannel, async (request, reply) => {
      const row = await channels.find(db.sql, ownedOf(request));
      if (row === null) throw notFound('channel');
      sendEtag(reply, row.updatedAt);
      return channelView(row);
    }),
  );
};

const writeRoutes = (app: FastifyInstance, deps: ChannelDeps): void => {
  const { db, channels, deliveries } = deps;
  app.route(
    route(createChannelEndpoint, async (request, reply) => {
      const { row, secret } = await createChannel(deps, organisationOf(request).id, request.body);
      reply.header('location', `/v1/channels/${row.id}`);
      sendEtag(reply, row.updatedAt);
      return { ...channelView(row), signingSecret: secret };
    }),
  );
  app.route(
    route(updateChannel, async (request, reply) => {
      const match = ({ updatedAt }: ChannelRow): void => requireMatch(request, etagOf(updatedAt));
      const row = await changeChannel(deps, ownedOf(request), request.body, match);
      sendEtag(reply, row.updatedAt);
      return channelView(row);
    }),
  );
  app.route(
    route(deleteChannel, async (request) => {
      if (!(await channels.remove(db.sql, ownedOf(request)))) throw notFound('channel');
      return undefined;
    }),
  );
  app.route(
    route(testChannelEndpoint, async (request) => {
      const { id: organisationId } = organisationOf(request);
      const id = await testChannel(deps, ownedOf(request));
      const row = await deliveries.find(db.sql, { organisationId, id });
      if (row === null) throw notFound('delivery');
      const attempts = await deliveries.attempts(db.sql, [id]);
      return deliveryView(row, attempts.get(id) ?? []);
    }),
  );
};

export const channelRoutes: FastifyPluginAsync<ChannelDeps> = async (app, deps) => {
  readRoutes(app, deps);
  writeRoutes(app, deps);
};
