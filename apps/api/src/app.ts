import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Deps } from './deps.ts';

/** The API without a port. */
export const buildApp = (deps: Deps): FastifyInstance => {
  const loggerInstance: FastifyBaseLogger = deps.log;
  const app = fastify({ loggerInstance });
  return app;
};
