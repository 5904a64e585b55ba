import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { ApiDeps } from './deps.ts';
import { trustedOriginsOf } from './modules/accounts/auth.ts';
import { authRoutes } from './modules/accounts/auth-routes.ts';
import { findCaller } from './modules/accounts/find-caller.ts';
import { accountRoutes, apiKeyRoutes } from './modules/accounts/routes.ts';
import { moduleRoutes } from './modules/routes.ts';
import { accessControl } from './plugins/access-control.ts';
import { bodies } from './plugins/bodies.ts';
import { answerError, useErrors } from './plugins/errors.ts';
import { health } from './plugins/health.ts';
import { idempotency } from './plugins/idempotency.ts';
import { openApi } from './plugins/openapi.ts';
import { rateLimits } from './plugins/rate-limits.ts';
import { answers, answerUnreadable, requestId } from './plugins/requests.ts';
import { securityHeaders } from './plugins/security-headers.ts';
import { useValidation } from './plugins/validation.ts';
import { web } from './plugins/web.ts';

const serverOptions = ({ config, log }: Pick<ApiDeps, 'config' | 'log'>) => {
  const loggerInstance: FastifyBaseLogger = log;
  const talkative = config.logLevel === 'debug' || config.logLevel === 'trace';
  return {
    loggerInstance,
    genReqId: requestId,
    requestIdHeader: false as const,
    bodyLimit: 256 * 1_024,
    requestTimeout: 30_000,
    trustProxy: [...config.trustProxy],
    // The token of a link in a message is part of a path, and holds a mail address.
    routerOptions: { maxParamLength: 1_000 },
    frameworkErrors: answerError,
    clientErrorHandler: answerUnreadable,
    logController: new LogController({ requestIdLogLabel: 'requestId', disableRequestLogging: !talkative }),
  };
};

/** What every request meets, in the order it meets it. */
const usePlugins = (app: FastifyInstance, deps: ApiDeps): void => {
  const { config, db } = deps;
  useErrors(app);
  useValidation(app);
  app.register(answers);
  app.register(securityHeaders, { https: config.publicUrl.startsWith('https://') });
  app.register(bodies);
  app.register(rateLimits, { requestsPerMinute: config.limits.requestsPerMinute });
  app.register(accessControl, { findCaller: findCaller(deps), trustedOrigins: trustedOriginsOf(config.publicUrl) });
  app.register(idempotency, { db, secret: config.secret });
  app.register(openApi, { publicUrl: config.publicUrl });
  app.register(web, { dir: config.webDir });
};

/** The API without a port. It owns nothing it didn't open: closing it leaves the deps open. */
export const buildApp = (deps: ApiDeps): FastifyInstance => {
  const app = fastify(serverOptions(deps));
  usePlugins(app, deps);
  app.register(health, { needs: deps.ping });
  app.register(authRoutes, deps);
  app.register(accountRoutes, deps);
  app.register(apiKeyRoutes, deps);
  app.register(moduleRoutes, { ...deps, findCaller: findCaller(deps) });
  return app;
};
