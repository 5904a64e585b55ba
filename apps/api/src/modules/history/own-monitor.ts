import type { FastifyRequest } from 'fastify';
import { organisationOf } from '../../plugins/accounts.ts';
import { notFound } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';
import type { MonitorRow } from '../monitors/view.ts';

export type HistoryDeps = Pick<
  ModuleDeps,
  'db' | 'limits' | 'monitors' | 'results' | 'history' | 'stretches' | 'windows'
>;
export type OfMonitor = FastifyRequest<{ Params: { monitorId: string } }>;

/** The monitor that is asked about, when it is the caller's; else 404. */
export const ownMonitor = async ({ db, monitors }: HistoryDeps, request: OfMonitor): Promise<MonitorRow> => {
  const owned = { organisationId: organisationOf(request).id, id: request.params.monitorId };
  const row = await monitors.find(db.sql, owned);
  if (row === null) throw notFound('monitor');
  return row;
};
