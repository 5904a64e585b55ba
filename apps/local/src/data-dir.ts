import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, statfs, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dataDirProblem, oneLine, Problem } from './problem.ts';

/** Made on the first start, kept in `secrets.json` (mode 0600), never printed. */
export type Secrets = Readonly<{
  /** Names this installation where it shares a database server or a folder with others. */
  id: string;
  secret: string;
  regionToken: string;
  superuserPassword: string;
  databasePassword: string;
  probeQueuePassword: string;
  redisPassword: string;
  /** FARWATCH_MASTER_KEY: the key that seals channel secrets, and after it, comma-separated, those it has replaced. */
  masterKey: string;
}>;

/** A cluster, its first log segments and room to breathe; below it a first start can't end well. */
const firstStartBytes = 150 * 1024 * 1024;

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Like `mkdir -p`. Node's own recursive mkdir never ends where the system answers ENOENT to every try, as in /proc. */
const makeFolder = async (path: string): Promise<void> => {
  const make = (): Promise<void> =>
    mkdir(path, { mode: 0o755 }).catch(async (error: unknown) => {
      if (codeOf(error) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
    });
  try {
    await make();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  }
};

/**
 * Makes the data folder and shows that it can be written to. Throws a `Problem` that names FARWATCH_DATA.
 * `shared`: PostgreSQL runs as another user, who must be able to pass through (not list) the folder.
 */
export const openDataDir = async (dataDir: string, shared: boolean): Promise<void> => {
  try {
    await makeFolder(dataDir);
    const trial = join(dataDir, `.trial-${process.pid}`);
    await writeFile(trial, randomBytes(8192));
    await unlink(trial);
    await chmod(dataDir, shared ? 0o711 : 0o700);
    for (const name of ['logs', 'mail', 'probe']) await mkdir(join(dataDir, name), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw dataDirProblem(error, dataDir);
  }
};

/** A database made on a nearly full disk leaves half of one behind, so the room is looked at first. */
export const needRoom = async (dir: string): Promise<void> => {
  const { bavail, bsize } = await statfs(dir);
  const free = bavail * bsize;
  if (free >= firstStartBytes) return;
  const mib = (bytes: number): number => Math.floor(bytes / 2 ** 20);
  throw new Problem(
    `The disk that holds ${dir} is full: ${mib(free)} MiB are free and a first start needs ${mib(firstStartBytes)}. Free some space, or set FARWATCH_DATA to a folder elsewhere.`,
  );
};

const word = (bytes: number): string => randomBytes(bytes).toString('base64url');

const secretKinds: Readonly<Record<keyof Secrets, () => string>> = {
  id: () => randomBytes(6).toString('hex'),
  secret: () => word(48),
  regionToken: () => word(32),
  superuserPassword: () => word(24),
  databasePassword: () => word(24),
  probeQueuePassword: () => word(24),
  redisPassword: () => word(24),
  masterKey: () => word(32),
};

const storedSecrets = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
    throw new Error('it holds no JSON object');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new Problem(`Cannot read ${file} (${oneLine(error)}): put it back, or delete the data folder to start anew.`);
  }
};

/** Reads the secrets and makes those that are missing, so that a kind added later appears on the next start. */
export const openSecrets = async (dataDir: string): Promise<Secrets> => {
  const file = join(dataDir, 'secrets.json');
  const stored = await storedSecrets(file);
  const kept = (name: keyof Secrets): string => {
    const value = stored[name];
    return typeof value === 'string' && value !== '' ? value : secretKinds[name]();
  };
  const secrets: Secrets = {
    id: kept('id'),
    secret: kept('secret'),
    regionToken: kept('regionToken'),
    superuserPassword: kept('superuserPassword'),
    databasePassword: kept('databasePassword'),
    probeQueuePassword: kept('probeQueuePassword'),
    redisPassword: kept('redisPassword'),
    masterKey: kept('masterKey'),
  };
  if (Object.entries(secrets).every(([name, value]) => stored[name] === value)) return secrets;
  await saveSecrets(dataDir, secrets);
  return secrets;
};

/** What else the file holds stays in it: a newer version may have put it there. */
const saveSecrets = async (dataDir: string, secrets: Secrets): Promise<void> => {
  const file = join(dataDir, 'secrets.json');
  const all = { ...(await storedSecrets(file)), ...secrets };
  await replaceFile(file, `${JSON.stringify(all, null, 2)}\n`, dataDir);
};

/** Puts a fresh master key before the others. They stay: rows, and backups made until now, are sealed under them. */
export const addMasterKey = async (dataDir: string): Promise<Secrets> => {
  const secrets = await openSecrets(dataDir);
  const next = { ...secrets, masterKey: `${secretKinds.masterKey()},${secrets.masterKey}` };
  await saveSecrets(dataDir, next);
  return next;
};

/** Writes the whole file or leaves the old one: a crash or a full disk in the middle loses nothing. */
export const replaceFile = async (file: string, content: string, dataDir: string): Promise<void> => {
  const fresh = `${file}.new`;
  try {
    await writeFile(fresh, content, { mode: 0o600, flush: true });
    await rename(fresh, file);
  } catch (error) {
    await unlink(fresh).catch(() => undefined); // it may never have come to be
    throw dataDirProblem(error, dataDir);
  }
};
