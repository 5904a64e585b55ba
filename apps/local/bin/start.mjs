// `npm start`, on whatever Node the machine has: prepares the clone, then hands over to src/main.ts on the pinned Node.
//   --dev           starts the apps again when a source changes
//   --rotate-keys   seals channel secrets under a fresh master key instead, and ends
//   --run FILE …    prepares, then runs that TypeScript file instead, with the arguments that follow
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ensureGenerated, ensureInstalled, ensureWebBuilt, pinnedNode, root, runOnPinnedNode } from './bootstrap.mjs';

const oldest = 20;
const compileCache = join(root, 'node_modules/.farwatch/compile-cache');

const prepare = () => {
  if (Number.parseInt(process.versions.node, 10) < oldest) {
    throw new Error(`Farwatch needs Node ${oldest} or newer to start; this is ${process.version}.`);
  }
  ensureInstalled();
  ensureGenerated();
  ensureWebBuilt();
};

/** npm killed with SIGKILL can't tell us. Its child is then somebody else's, and a run nobody can stop must end. */
const whenNpmIsGone = (act) => {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 250);
  timer.unref();
};

/**
 * main.ts runs in a process group of its own: Ctrl-C reaches only this process, which asks it to leave over IPC. When
 * this process is killed the channel closes, and main.ts leaves as well.
 */
const live = (args, begunAt) =>
  new Promise((done, fail) => {
    const child = spawn(pinnedNode(), [join(root, 'apps/local/src/main.ts'), ...args], {
      cwd: root,
      detached: true,
      env: { NODE_COMPILE_CACHE: compileCache, ...process.env, FARWATCH_BEGUN_AT: String(begunAt) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const leave = () => {
      if (child.connected) child.send('leave');
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, leave);
    whenNpmIsGone(leave);
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      if (signal !== null) process.stderr.write(`The launcher was ended by ${signal}; the next start cleans up.\n`);
      done(code ?? 1);
    });
  });

const start = () => {
  const begunAt = Date.now();
  const [first, ...rest] = process.argv.slice(2);
  prepare();
  if (first !== '--run') return live(process.argv.slice(2), begunAt);
  const [file, ...args] = rest;
  if (file === undefined) throw new Error('--run needs the path of a TypeScript file.');
  return runOnPinnedNode(resolve(file), args);
};

try {
  process.exitCode = await start();
} catch (error) {
  process.stderr.write(`✗ ${error.message}\n`);
  process.exitCode = 1;
}
