// The programs that some tests need and that no npm package brings. Builtins only: see bootstrap.mjs.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const needed = [
  { apt: 'redis-server', programs: ['redis-server', 'valkey-server'] },
  { apt: 'nginx', programs: ['nginx'] },
  { apt: 'postfix', programs: ['postfix'] },
  { apt: 'faketime', programs: ['faketime'] },
  { apt: 'apache2', programs: ['apache2', 'httpd'] },
  { apt: 'haproxy', programs: ['haproxy'] },
  { apt: 'varnish', programs: ['varnishd'] },
  { apt: 'squid', programs: ['squid'] },
  { apt: 'caddy', programs: ['caddy'] },
  { apt: 'lighttpd', programs: ['lighttpd'] },
  { apt: 'h2o', programs: ['h2o'] },
  { apt: 'nghttp2-proxy', programs: ['nghttpx'] },
  { apt: 'php8.2-fpm', programs: ['php-fpm8.2', 'php-fpm8.3', 'php-fpm8.4', 'php-fpm'] },
  { apt: 'chromium', programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] },
];

const isProgram = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

// Debian keeps nginx and postfix in /usr/sbin, which an ordinary user's PATH leaves out.
const isInstalled = ({ programs }) => {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return programs.some((name) => folders.some((folder) => isProgram(join(folder, name))));
};

const say = (text) => process.stdout.write(`${text}\n`);

/** Why apt may not be used, or null. */
const forbidden = () => {
  if (process.env.FARWATCH_TEST_APT === '0') return 'FARWATCH_TEST_APT=0';
  if (process.getuid?.() !== 0) return 'only root may install them';
  return isProgram('/usr/bin/apt-get') ? null : 'there is no apt-get here';
};

// Debian's own way to say "install, but start nothing": https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt
const policy = '/usr/sbin/policy-rc.d';
const policyText =
  "#!/bin/sh\n# Written by Farwatch's npm test while it installs packages: no service may start.\nexit 101\n";

/** Runs `work` while no package may start a service. Leaves the machine's own policy alone, if it has one. */
const withoutServices = (work) => {
  const isOurs = !existsSync(policy) || readFileSync(policy, 'utf8') === policyText; // ours: a run was killed
  const ignore = () => undefined; // apt hears Ctrl-C itself; we still have to tidy up
  process.on('SIGINT', ignore).on('SIGTERM', ignore);
  try {
    if (isOurs) writeFileSync(policy, policyText, { mode: 0o755 });
    work();
  } finally {
    if (isOurs) rmSync(policy, { force: true });
    process.off('SIGINT', ignore).off('SIGTERM', ignore);
  }
};

const apt = (...args) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Dpkg::Use-Pty=0'];
  const done = spawnSync('apt-get', [...options, ...args], { env, encoding: 'utf8', timeout: 600_000 });
  if (done.status === 0) return true;
  const words = `${done.stdout ?? ''}${done.stderr ?? ''}`.trim().split('\n').slice(-5).join('\n  ');
  say(`· apt-get ${args.join(' ')} failed (${done.error?.message ?? `exit ${done.status}`}):\n  ${words}`);
  return false;
};

/** Installs with apt what is missing and may be installed; says so before. Tests that need the rest skip themselves. */
export const ensurePrograms = () => {
  const missing = needed.filter((one) => !isInstalled(one));
  if (missing.length === 0) return;
  const names = missing.map((one) => one.apt).join(', ');
  const why = forbidden();
  if (why !== null) return say(`· Missing: ${names}. Not installed (${why}); the tests that need them are skipped.`);
  say(`· Installing with apt, without starting any service: ${names} (FARWATCH_TEST_APT=0 forbids it) …`);
  withoutServices(() => {
    apt('update');
    for (const one of missing) apt('install', '--no-install-recommends', one.apt); // one by one: each may fail alone
  });
  const still = missing.filter((one) => !isInstalled(one)).map((one) => one.apt);
  if (still.length > 0) say(`· Still missing: ${still.join(', ')}; the tests that need them are skipped.`);
};
