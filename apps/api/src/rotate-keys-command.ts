import { ConfigError, parseRotation } from './config.ts';
import { openDb } from './db.ts';
import { parseKeyring } from './keyring.ts';
import { reseal, sealedPlaces } from './reseal.ts';

// `node apps/api/src/rotate-keys-command.ts`: seals every channel's and monitor's secrets anew that aren't under the first key of
// FARWATCH_MASTER_KEY, so that the keys after it can be dropped. Reads DATABASE_URL besides. Running it again is safe.

const databaseFault = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '42P01' || code === '42703')
    return new ConfigError('DATABASE_URL leads to older tables; run node prisma/migrate-command.ts first');
  if (error instanceof Error && /timeout|terminated/iu.test(error.message))
    return new ConfigError('DATABASE_URL can not be used (no answer)');
  // SQLSTATEs and the system's own; not the message, which may quote a row.
  return code === '' ? error : new ConfigError(`DATABASE_URL can not be used (${code})`);
};

/** Answers the exit code. */
const run = async (): Promise<number> => {
  const { databaseUrl, masterKey } = parseRotation(process.env);
  const keyring = parseKeyring(masterKey);
  const db = openDb({ databaseUrl, maxConnections: 1, onError: () => undefined }); // the query under way rejects
  try {
    let count = 0;
    let lost = 0;
    for (const place of sealedPlaces) {
      const done = await reseal({ db, keyring }, place);
      for (const { id, reason } of done.unopened) console.error(`${place.table} ${id} could not be opened: ${reason}`);
      count += done.count;
      lost += done.unopened.length;
    }
    process.stdout.write(`${count} of ${count + lost} re-sealed under key ${keyring.currentId}\n`);
    return lost === 0 ? 0 : 1;
  } catch (error) {
    throw databaseFault(error);
  } finally {
    await db.close();
  }
};

try {
  process.exitCode = await run();
} catch (error) {
  console.error('farwatch rotate-keys:', error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
