import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { type Db, openDb } from './db.ts';
import { type EventStore, eventStore } from './modules/events/store.ts';

/** What everything in api and worker is built from. A plugin or consumer takes the part it needs: `Pick<Deps, 'db'>`. */
export type Deps = Readonly<{
  config: Config;
  log: Logger;
  db: Db;
  events: EventStore;
  close: () => Promise<void>;
}>;

const redact = {
  paths: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'],
  censor: '[redacted]',
};

/** Opens what has to be opened; what connects on its own later says so when it fails. */
export const openDeps = async (config: Config): Promise<Deps> => {
  const log = pino({ level: config.logLevel, redact });
  const db = openDb({
    databaseUrl: config.databaseUrl,
    maxConnections: 10,
    onError: (error) => log.warn({ err: error }, 'a database connection broke'),
  });
  return { config, log, db, events: eventStore(), close: () => db.close() };
};
