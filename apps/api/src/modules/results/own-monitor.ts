import type { FastifyRequest } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { notFound } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';

export type ResultDeps = Pick<ModuleDeps, 'db' | 'limits' | 'monitors' | 'results'>;

/** The monitor's id once it is known to be the caller's; else 404. */
export const ownMonitor = async (
  { db, monitors }: ResultDeps,
  request: FastifyRequest<{ Params: { monitorId: string } }>,
): Promise<string> => {
  const id = request.params.monitorId;
  const row = await monitors.find(db.sql, { organisationId: organisationOf(request).id, id });
  if (row === null) throw notFound('monitor');
  return id;
};
