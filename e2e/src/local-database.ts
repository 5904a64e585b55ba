import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The URL of the embedded PostgreSQL of a running `npm start`, from what lies in its data folder. */
export const localDatabaseUrl = async (dataDir: string): Promise<string> => {
  const secrets: unknown = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'));
  const { databasePassword } = secrets as { databasePassword: string }; // written by apps/local
  for await (const file of glob('database/**/postmaster.pid', { cwd: dataDir })) {
    const port = (await readFile(join(dataDir, file), 'utf8')).split('\n')[3]; // by PostgreSQL's documentation of the file
    return `postgres://farwatch:${encodeURIComponent(databasePassword)}@127.0.0.1:${port}/farwatch`;
  }
  throw new Error(`There is no running database in ${dataDir}`);
};
