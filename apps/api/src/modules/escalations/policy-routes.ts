import {
  createPolicy as createEndpoint,
  deletePolicy as deleteEndpoint,
  getPolicy,
  listPolicies,
  restorePolicy as restoreEndpoint,
  updatePolicy,
} from '@farwatch/contracts';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { etagOf, requireMatch, sendEtag } from '../../plugins/etags.ts';
import { type Order, page, readCursor } from '../../plugins/paging.ts';
import { notFound } from '../../plugins/problems.ts';
import { route } from '../../plugins/route.ts';
import type { PolicyRow } from './policy-store.ts';
import {
  changePolicy,
  createPolicy,
  deletePolicy,
  type PolicyDeps,
  policyView,
  restorePolicy,
} from './policy-write.ts';

const order: Order = { name: 'escalation-policies', keys: ['instant', 'id'] };
const keysOf = ({ createdAt, id }: PolicyRow): readonly string[] => [String(createdAt.getTime()), id];
const ownedOf = (request: FastifyRequest<{ Params: { policyId: string } }>) => ({
  organisationId: organisationOf(request).id,
  id: request.params.policyId,
});

export const policyRoutes: FastifyPluginAsync<PolicyDeps> = async (app, deps) => {
  const { db, policies } = deps;
  app.route(
    route(listPolicies, async (request, reply) => {
      const { limit, cursor: text } = request.query;
      const cursor = readCursor(text, order);
      const { id: organisationId } = organisationOf(request);
      const rows = await policies.list(db.sql, { organisationId, position: cursor, limit });
      return page(request, reply, { order, cursor, limit, rows, keysOf }, policyView);
    }),
  );
  app.route(
    route(getPolicy, async (request, reply) => {
      const row = await policies.find(db.sql, ownedOf(request));
      if (row === null) throw notFound('escalation policy');
      sendEtag(reply, row.updatedAt);
      return policyView(row);
    }),
  );
  app.route(
    route(createEndpoint, async (request, reply) => {
      const row = await createPolicy(deps, organisationOf(request).id, request.body);
      reply.header('location', `/v1/escalation-policies/${row.id}`);
      sendEtag(reply, row.updatedAt);
      return policyView(row);
    }),
  );
  app.route(
    route(updatePolicy, async (request, reply) => {
      const match = ({ updatedAt }: PolicyRow): void => requireMatch(request, etagOf(updatedAt));
      const row = await changePolicy(deps, ownedOf(request), request.body, match);
      sendEtag(reply, row.updatedAt);
      return policyView(row);
    }),
  );
  app.route(
    route(deleteEndpoint, async (request) => {
      await deletePolicy(deps, ownedOf(request));
      return undefined;
    }),
  );
  app.route(
    route(restoreEndpoint, async (request, reply) => {
      const row = await restorePolicy(deps, ownedOf(request));
      sendEtag(reply, row.updatedAt);
      return policyView(row);
    }),
  );
};
