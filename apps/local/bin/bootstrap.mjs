// What every command needs before it can begin, on whatever Node the machine has (20 or newer) and with no package
// installed yet: so builtins only. Each step keeps a stamp of what it was made from and does nothing while that stands.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

const skipped = new Set(['node_modules', 'dist', 'generated', '.git', '.farwatch', 'coverage', 'test-results']);

const filesBelow = (path) => {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !skipped.has(name));
  return entries.flatMap((entry) => {
    const child = join(path, entry.name);
    return entry.isDirectory() ? filesBelow(child) : entry.isFile() ? [child] : [];
  });
};

const digest = (from, paths) => {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((p) => filesBelow(join(from, p))).sort()) {
    hash
      .update(`${relative(from, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  return hash.digest('hex');
};

const manifests = (from) => [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  ...['apps', 'packages'].flatMap((room) =>
    existsSync(join(from, room)) ? readdirSync(join(from, room)).map((name) => `${room}/${name}/package.json`) : [],
  ),
  ...['prisma', 'e2e', 'bench'].map((name) => `${name}/package.json`),
];

const say = (text) => process.stdout.write(`${text}\n`);
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs `make` unless what it made is there and was made from the same `sources`. */
const once = (from, name, { sources, made, telling, make }) => {
  const stamp = join(from, 'node_modules', '.farwatch', `${name}.stamp`);
  const now = digest(from, sources);
  const before = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (before === now && existsSync(join(from, made))) return false;
  const began = Date.now();
  say(`· ${telling} …`);
  rmSync(stamp, { force: true }); // a step that is cut short is done again
  make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
  say(`· ${telling}: done in ${seconds(began)}`);
  return true;
};

const run = (command, args, { cwd, env = {}, what }) => {
  const done = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
  if (done.error) throw new Error(`${what} could not be started: ${done.error.message}`);
  if (done.status !== 0)
    throw new Error(`${what} failed (${done.signal ?? `exit ${done.status}`}); its own words are above`);
};

/** The pinned Node's binary; it exists once `ensureInstalled` has run. */
export const pinnedNode = (from = root) => join(from, 'node_modules', 'node', 'bin', 'node');

/** Installs exactly what the lockfile says, with the pnpm that package.json names, through npx. Throws one line. */
export const ensureInstalled = (from = root) =>
  once(from, 'installed', {
    sources: manifests(from),
    made: 'node_modules/node/bin/node',
    telling: 'Installing packages',
    make: () => {
      const { packageManager } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
      // CI: without a terminal pnpm would ask before it replaces a node_modules made by another tool, and stop there.
      run('npx', ['-y', packageManager, 'install', '--frozen-lockfile'], {
        cwd: from,
        env: { CI: 'true', npm_config_update_notifier: 'false' },
        what: 'Installing packages',
      });
    },
  });

/** Generates the Prisma client when the schema or Prisma changed. Throws one line. */
export const ensureGenerated = (from = root) =>
  once(from, 'generated', {
    sources: ['prisma/schema.prisma', 'prisma/generate.mjs', 'prisma/package.json', 'pnpm-workspace.yaml'],
    made: 'prisma/generated/client.ts',
    telling: 'Generating the database client',
    make: () => run(pinnedNode(from), ['prisma/generate.mjs'], { cwd: from, what: 'Generating the database client' }),
  });

/** Builds the dashboard when its sources or what they import changed. Throws one line. */
export const ensureWebBuilt = (from = root) =>
  once(from, 'web', {
    sources: ['apps/web', 'packages/domain', 'packages/contracts', 'tsconfig.json', 'pnpm-lock.yaml'],
    made: 'apps/web/dist/index.html',
    telling: 'Building the dashboard',
    make: () =>
      run(pinnedNode(from), ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
        cwd: join(from, 'apps/web'),
        what: 'Building the dashboard',
      }),
  });

/**
 * Runs a script on the pinned Node with this process's input and output; answers its exit code. A signal to this
 * process is the child's to obey, so that it can drain.
 */
export const runOnPinnedNode = (script, args = [], { from = root, env = {} } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(pinnedNode(from), [script, ...args], { stdio: 'inherit', env: { ...process.env, ...env } });
    // Ctrl-C reaches the whole process group: the child has it already. A SIGTERM reached only this process.
    const ignore = () => undefined;
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
