import type { FastifyPluginAsync } from 'fastify';
import { useForms } from './form-body.ts';
import type { InboundDeps } from './inbound-deps.ts';
import { slackRoutes } from './slack-routes.ts';
import { twilioRoutes } from './twilio-routes.ts';

/** What providers send us: people's answers, and what became of messages. */
export const inboundRoutes: FastifyPluginAsync<InboundDeps> = async (app, deps) => {
  useForms(app);
  slackRoutes(app, deps);
  twilioRoutes(app, deps);
};
