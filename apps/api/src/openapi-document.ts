import { buildApp } from './app.ts';
import { parseConfig } from './config.ts';
import { openApiDeps, openDeps } from './deps.ts';

/** Nothing is connected to: the document is made from the routes' schemas alone. */
const unused = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
  FARWATCH_SECRET: 'VLP4n0t-a-secret-and-never-used-k2Wq8Zt3',
  FARWATCH_MASTER_KEY: Buffer.alloc(32).toString('base64'),
  FARWATCH_URL: 'http://127.0.0.1:3000',
  FARWATCH_LOG_LEVEL: 'silent',
  FARWATCH_WEB_DIR: '/nonexistent',
};

/** The OpenAPI document as /openapi.json serves it. */
export const buildDocument = async (): Promise<unknown> => {
  const app = buildApp(openApiDeps(openDeps(parseConfig(unused))));
  await app.ready();
  return app.swagger();
};
