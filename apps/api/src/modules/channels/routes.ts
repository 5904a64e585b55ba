import {
  confirmChannel,
  createChannel as createChannelEndpoint,
  deleteChannel,
  enableChannel as enableChannelEndpoint,
  getChannel,
  listChannelKinds,
  listChannels,
  restoreChannel as restoreChannelEndpoint,
  rotateSigningSecret,
  testChannel as testChannelEndpoint,
  testChannelTarget,
  updateChannel,
} from '@farwatch/contracts';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { etagOf, requireMatch, sendEtag } from '../../plugins/etags.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import { deliveryView, lastDeliveryView } from '../deliveries/view.ts';
import { openConsentMails } from './ask-consent.ts';
import { botNameOf } from './bot-name.ts';
import { changeChannel } from './change-channel.ts';
import { type ChannelDeps, type ChannelModuleDeps, found, writerOf } from './channel-deps.ts';
import { createChannel } from './create-channel.ts';
import { offeredKinds } from './offered-kinds.ts';
import { restoreChannel } from './restore-channel.ts';
import { askAgain, enableChannel, rotateSecret } from './switch-channel.ts';
import { testChannel, testTarget } from './test-channel.ts';
import { type ChannelRow, channelView } from './view.ts';

const order: Order = { name: 'channels', keys: ['instant', 'id'] };
const keysOf = ({ createdAt, id }: ChannelRow): readonly string[] => [String(createdAt.getTime()), id];
const ownedOf = (request: FastifyRequest<{ Params: { channelId: string } }>) => ({
  organisationId: organisationOf(request).id,
  id: request.params.channelId,
});

/** The bot is asked for its name only where there is a code that it could take. */
type View = (
  request: FastifyRequest,
  rows: readonly ChannelRow[],
) => Promise<(row: ChannelRow) => ReturnType<typeof channelView>>;
const viewer = (
  { config, db, deliveries }: Pick<ChannelDeps, 'config' | 'db' | 'deliveries'>,
  botName: () => Promise<string | null>,
): View => {
  const { publicUrl } = config;
  return async (request, rows) => {
    const newest = await deliveries.newestOf(
      db.sql,
      rows.map(({ id }) => id),
    );
    const lastOf = ({ id }: ChannelRow) => {
      const last = newest.get(id);
      return last === undefined ? null : lastDeliveryView(last);
    };
    const writes = organisationOf(request).scope === 'write';
    const name = writes && rows.some(({ linkCode }) => linkCode !== null) ? await botName() : null;
    return (row) => channelView(row, { publicUrl, botName: name, writes, now: Date.now(), lastDelivery: lastOf(row) });
  };
};
const tagged = async (view: View, reply: FastifyReply, row: ChannelRow) => {
  sendEtag(reply, row.updatedAt);
  return (await view(reply.request, [row]))(row);
};

const readRoutes = (app: FastifyInstance, { db, channels, config }: ChannelDeps, view: View): void => {
  app.route(
    route(listChannels, async (request, reply) => {
      const { limit } = request.query;
      const cursor = readCursor(request.query.cursor, order);
      const { id: organisationId } = organisationOf(request);
      const rows = await channels.list(db.sql, { organisationId, position: cursor, limit });
      return page(request, reply, { order, cursor, limit, rows, keysOf }, await view(request, rows));
    }),
  );
  app.route(
    route(getChannel, async (request, reply) =>
      tagged(view, reply, found(await channels.find(db.sql, ownedOf(request)))),
    ),
  );
  app.route(route(listChannelKinds, async () => ({ items: offeredKinds(config) })));
};

const writeRoutes = (app: FastifyInstance, deps: ChannelDeps, view: View): void => {
  const { db, channels } = deps;
  app.route(
    route(createChannelEndpoint, async (request, reply) => {
      const { row, signingSecret } = await createChannel(deps, writerOf(request), request.body);
      reply.header('location', `/v1/channels/${row.id}`);
      return { ...(await tagged(view, reply, row)), signingSecret };
    }),
  );
  app.route(
    route(updateChannel, async (request, reply) => {
      const match = ({ updatedAt }: ChannelRow): void => requireMatch(request, etagOf(updatedAt));
      const row = await changeChannel(deps, ownedOf(request), writerOf(request), request.body, match);
      return tagged(view, reply, row);
    }),
  );
  app.route(
    route(deleteChannel, async (request) => {
      if (!(await db.transaction((tx) => channels.remove(tx, ownedOf(request))))) throw notFound('channel');
      return undefined;
    }),
  );
  app.route(
    route(restoreChannelEndpoint, async (request, reply) =>
      tagged(view, reply, await restoreChannel(deps, ownedOf(request))),
    ),
  );
};

const actionRoutes = (app: FastifyInstance, deps: ChannelDeps, view: View): void => {
  app.route(
    route(enableChannelEndpoint, async (request, reply) =>
      tagged(view, reply, await enableChannel(deps, ownedOf(request))),
    ),
  );
  app.route(
    route(confirmChannel, async (request, reply) =>
      tagged(view, reply, await askAgain(deps, ownedOf(request), writerOf(request))),
    ),
  );
  app.route(route(rotateSigningSecret, (request) => rotateSecret(deps, ownedOf(request))));
};

const testRoutes = (app: FastifyInstance, deps: ChannelDeps): void => {
  const { db, deliveries } = deps;
  const planned = async (organisationId: string, id: string) => {
    const row = await deliveries.find(db.sql, { organisationId, id });
    if (row === null) throw notFound('delivery');
    const attempts = await deliveries.attempts(db.sql, [id]);
    return deliveryView(row, attempts.get(id) ?? []);
  };
  app.route(
    route(testChannelEndpoint, async (request) =>
      planned(organisationOf(request).id, await testChannel(deps, ownedOf(request))),
    ),
  );
  app.route(
    route(testChannelTarget, async (request) => {
      const { target, channelId = null } = request.body;
      return planned(organisationOf(request).id, await testTarget(deps, writerOf(request), target, channelId));
    }),
  );
};

export const channelRoutes: FastifyPluginAsync<ChannelModuleDeps> = async (app, house) => {
  const deps: ChannelDeps = { ...house, consent: openConsentMails(house) };
  app.addHook('onClose', () => deps.consent.close());
  const view = viewer(deps, botNameOf(house.config.telegram, house.dialRules));
  readRoutes(app, deps, view);
  writeRoutes(app, deps, view);
  actionRoutes(app, deps, view);
  testRoutes(app, deps);
};
