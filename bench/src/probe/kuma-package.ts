import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { programOnPath } from '@farwatch/testkit';

const run = promisify(execFile);

/** The only version that its makers published on npm; others are images and archives. */
const version = '2.0.0-dev.0';
const patienceMs = 180_000;
const folder = join(tmpdir(), 'farwatch-bench-uptime-kuma');

/** The headers of any Node will do: its one native part speaks N-API. */
const headersRoot = (): string => {
  const roots = [dirname(dirname(process.execPath)), dirname(dirname(programOnPath('npm') ?? '')), '/usr'];
  return roots.find((root) => existsSync(join(root, 'include/node/node_api.h'))) ?? '/usr';
};

/** The package lacks some files where its own start looks for them. */
const mend = async (home: string): Promise<void> => {
  const db = join(home, 'db');
  for (const file of await readdir(db))
    if (file.endsWith('.sql')) await cp(join(db, file), join(db, 'old_migrations', file));
};

/**
 * Uptime Kuma from npm, kept for the next time; answers its folder.
 * @throws Error that says why it can't be had here within three minutes
 */
export const kumaPackage = async (): Promise<string> => {
  const home = join(folder, 'node_modules/uptime-kuma');
  const ready = join(folder, 'ready');
  if (existsSync(ready)) return home;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const env = { ...process.env, npm_config_nodedir: headersRoot() };
  const signal = AbortSignal.timeout(patienceMs);
  const npm = (...args: readonly string[]) => run('npm', args, { cwd: folder, env, signal, maxBuffer: 64 * 1_048_576 });
  await npm('install', `uptime-kuma@${version}`, '--ignore-scripts', '--no-audit', '--no-fund');
  await npm('rebuild', '@louislam/sqlite3');
  await mend(home);
  await writeFile(ready, '');
  return home;
};
