import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { givenMasterKey, rotationEnv } from './app-env.ts';
import { addMasterKey } from './data-dir.ts';
import { upgradeDatabase } from './database.ts';
import { type HouseOptions, openDatabase } from './house.ts';
import { Problem } from './problem.ts';
import { exitOf } from './running.ts';
import type { Env } from './settings.ts';

type Options = Omit<HouseOptions, 'port'>;

/** The command's own lines go to the terminal: they name rows, and never what is in them. */
const reseal = async ({ settings, leaving, roll }: Options, env: Env): Promise<void> => {
  leaving.throwIfAborted();
  const { root } = settings;
  const child = spawn(process.execPath, [join(root, 'apps/api/src/rotate-keys-command.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (child.pid !== undefined) roll.add('rotate-keys', child.pid);
  const end = (): void => void child.kill('SIGTERM'); // what it had not committed is as it was
  leaving.addEventListener('abort', end, { once: true });
  const how = await exitOf(child);
  leaving.throwIfAborted();
  if (how !== 'exit code 0') throw new Problem(`Not every secret could be sealed under the new key (${how}).`);
};

/**
 * `npm run rotate-keys`, while nothing else runs on the data folder: a fresh master key, and every secret
 * sealed under it. The key is kept before the first row is touched, so a crash on the way loses nothing.
 */
export const rotateKeys = async (options: Options): Promise<void> => {
  const { settings, screen } = options;
  const { dataDir } = settings;
  const given = givenMasterKey(settings);
  const { url } = await screen.step('Starting the database', () => openDatabase(options));
  await screen.step('Bringing its tables up to date', () => upgradeDatabase(url, dataDir));
  const masterKey = given ?? (await addMasterKey(dataDir)).masterKey;
  await reseal(options, rotationEnv(settings, masterKey, url));
  const where = given === null ? join(dataDir, 'secrets.json') : 'FARWATCH_MASTER_KEY';
  screen.say(`The first master key in ${where} seals every channel now; older backups still need those after it.`);
};
