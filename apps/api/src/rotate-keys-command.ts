import { ConfigError, parseRotation } from './config.ts';
import { openDb } from './db.ts';
import { parseKeyring } from './keyring.ts';
import { resealChannels } from './modules/channels/reseal.ts';

// `node apps/api/src/rotate-keys-command.ts`: seals every channel's secrets anew that aren't under the first key of
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
    const { count, unopened } = await resealChannels({ db, keyring });
    for (const { id, reason } of unopened) console.error(`channel ${id} could not be opened: ${reason}`);
    process.stdout.write(`${count} of ${count + unopened.length} re-sealed under key ${keyring.currentId}\n`);
    return unopened.length === 0 ? 0 : 1;
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
