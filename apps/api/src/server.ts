import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { type Config, ConfigError } from './config.ts';
import { type ApiDeps, openApiDeps } from './deps.ts';
import { runEntry } from './entry.ts';
import { every } from './every.ts';
import { sealOldChannels } from './modules/channels/seal-old.ts';
import { noteEveryMs, notePresence } from './modules/probes/core-watch.ts';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const listenFault = ({ host, port }: Config, code: string): string => {
  switch (code) {
    case 'EADDRINUSE':
      return `FARWATCH_PORT ${port} is already in use on ${host}`;
    case 'EACCES':
      return `FARWATCH_PORT ${port} is not allowed for this user`;
    default:
      return `FARWATCH_HOST ${host} can not be listened on (${code})`;
  }
};

const listen = async (app: FastifyInstance, config: Config): Promise<void> => {
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    const code = codeOf(error);
    if (!/^E[A-Z]+$/u.test(code)) throw error; // a plugin that failed to load, not the socket
    throw new ConfigError(listenFault(config, code));
  }
};

/** Streams end when the app closes; who keeps a line open longer than this is cut off. */
const drainMs = 10_000;

const close = async (app: FastifyInstance, deps: ApiDeps): Promise<void> => {
  const deadline = setTimeout(() => app.server.closeAllConnections(), drainMs);
  await app.close();
  clearTimeout(deadline);
  await deps.close();
};

await runEntry('api', async (base) => {
  const deps = openApiDeps(base);
  const { config, log, db, regions } = deps;
  await db.transaction((tx) => regions.configure(tx, config.regions));
  await sealOldChannels(deps);
  await deps.hub.ready(10_000);
  const app = buildApp(deps);
  await listen(app, config);
  // While no API is there no probe can be heard, and none is taken for dark.
  const presence = every(
    noteEveryMs,
    () => notePresence(db.sql, 'api', Date.now()),
    (err) => log.warn({ err }, 'the presence of the API could not be noted'),
  );
  log.info({ url: config.publicUrl, host: config.host, port: config.port }, 'the API is up');
  return async () => {
    await presence.stop();
    await close(app, deps);
  };
});
