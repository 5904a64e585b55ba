import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { masterKeyOf, rotationEnv } from './app-env.ts';
import { addMasterKey } from './data-dir.ts';
import { upgradeDatabase } from './database.ts';
import { type HouseOptions, openDatabase } from './house.ts';
import { Problem } from './problem.ts';
import { exitOf } from './running.ts';
import type { Env, Settings } from './settings.ts';

/** The command's own lines go to the terminal: they name rows, and never what is in them. */
const reseal = async ({ root }: Settings, env: Env, leaving: AbortSignal): Promise<void> => {
  const child = spawn(process.execPath, [join(root, 'apps/api/src/rotate-keys-command.ts')], {
    cwd: root,
    env,
    signal: leaving,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const how = await exitOf(child);
  leaving.throwIfAborted(); // stopped on the way: the next run goes on from there
  if (how !== 'exit code 0') throw new Problem(`Not every channel could be sealed under the new key (${how}).`);
};

/**
 * `npm run rotate-keys`, while nothing else runs on the data folder: a fresh master key, and every channel's secrets
 * sealed under it. The key is kept before the first row is touched, so a crash on the way loses nothing.
 */
export const rotateKeys = async (options: Omit<HouseOptions, 'port'>): Promise<void> => {
  const { settings, secrets, screen, leaving } = options;
  const { dataDir } = settings;
  const isOwn = masterKeyOf(settings, secrets) !== secrets.masterKey;
  const { url } = await screen.step('Starting the database', () => openDatabase(options));
  await screen.step('Bringing its tables up to date', () => upgradeDatabase(url, dataDir));
  const masterKey = isOwn ? masterKeyOf(settings, secrets) : (await addMasterKey(dataDir)).masterKey;
  await screen.step('Sealing channel secrets', () => reseal(settings, rotationEnv(settings, masterKey, url), leaving));
  screen.say(
    isOwn
      ? 'Sealed under the first key of FARWATCH_MASTER_KEY; the others are needed for older backups alone.'
      : `A fresh master key is in ${join(dataDir, 'secrets.json')}; the others stay there, for older backups alone.`,
  );
};
