import { migrate } from '@farwatch/prisma/migrate';
import { Client } from 'pg';
import { diskProblem, oneLine, Problem } from './problem.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Where a database is, without the password: for messages. */
const placeOf = (url: string): string => {
  const parsed = URL.parse(url);
  return parsed === null ? 'that address' : `${parsed.host}${parsed.pathname}`;
};

/** Looks whether the database of DATABASE_URL answers; throws a `Problem` that names the setting. Takes at most 10 s. */
export const reachDatabase = async (url: string, setting: string): Promise<void> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, query_timeout: 10_000 });
  client.on('error', () => undefined); // the call under way rejects
  try {
    await client.connect();
    await client.query('SELECT 1');
  } catch (error) {
    const why = oneLine(error) || codeOf(error);
    throw new Problem(`${setting}: the database at ${placeOf(url)} can't be used (${why}).`);
  } finally {
    await client.end().catch(() => undefined); // it may never have connected
  }
};

/** Creates or upgrades the tables; answers how many migrations that took. */
export const upgradeDatabase = async (url: string, dataDir: string): Promise<number> => {
  try {
    return (await migrate(url)).length;
  } catch (error) {
    throw (
      diskProblem(oneLine(error), dataDir) ??
      new Problem(`The database at ${placeOf(url)} could not be brought up to date: ${oneLine(error)}`)
    );
  }
};
