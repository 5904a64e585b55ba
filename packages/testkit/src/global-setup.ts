import { prepareTemplate, serverSetting } from './fresh-database.ts';
import { startPostgres } from './postgres.ts';

/** Vitest's globalSetup: one PostgreSQL for the whole run, whichever projects take part. */
export default async (): Promise<(() => Promise<void>) | undefined> => {
  if (process.env[serverSetting] !== undefined) return undefined; // another project of this run has started it
  const server = await startPostgres();
  process.env[serverSetting] = server.url; // inherited by the workers
  await prepareTemplate(server.url);
  return async () => {
    delete process.env[serverSetting];
    await server[Symbol.asyncDispose]();
  };
};
