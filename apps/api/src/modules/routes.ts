import type { FastifyPluginAsync } from 'fastify';
import { channelRoutes } from './channels/routes.ts';
import { deliveryRoutes } from './deliveries/routes.ts';
import { policyRoutes } from './escalations/policy-routes.ts';
import { scheduleRoutes } from './escalations/schedule-routes.ts';
import { catalogueRoutes } from './events/catalogue.ts';
import { type EventDeps, eventRoutes } from './events/routes.ts';
import { historyRoutes } from './history/routes.ts';
import { inboundRoutes } from './inbound/routes.ts';
import { acknowledgeIncident } from './incidents/act.ts';
import { incidentRoutes } from './incidents/routes.ts';
import type { Acknowledge } from './links/acknowledge.ts';
import { linkRoutes } from './links/routes.ts';
import { maintenanceRoutes } from './maintenance/routes.ts';
import { markRoutes } from './marks/routes.ts';
import type { ModuleDeps } from './module-deps.ts';
import { monitorRoutes } from './monitors/routes.ts';
import { probeRoutes } from './probes/routes.ts';
import { resultRoutes } from './results/routes.ts';

/** Every route but those of accounts. */
export const moduleRoutes: FastifyPluginAsync<ModuleDeps & EventDeps> = async (app, deps) => {
  const acknowledge: Acknowledge = (deed) => acknowledgeIncident(deps, deed);
  await app.register(monitorRoutes, deps);
  await app.register(resultRoutes, deps);
  await app.register(incidentRoutes, deps);
  await app.register(historyRoutes, deps);
  await app.register(channelRoutes, deps);
  await app.register(deliveryRoutes, deps);
  await app.register(policyRoutes, deps);
  await app.register(scheduleRoutes, deps);
  await app.register(maintenanceRoutes, deps);
  await app.register(markRoutes, deps);
  await app.register(eventRoutes, deps);
  await app.register(catalogueRoutes);
  await app.register(probeRoutes, deps);
  await app.register(linkRoutes, { ...deps, acknowledge });
  await app.register(inboundRoutes, { ...deps, acknowledge });
};
