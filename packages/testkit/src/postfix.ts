import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { programOnPath } from './on-path.ts';
import { waitUntil } from './wait-until.ts';

// A real mail server of Debian's, with a configuration, queue and log of its own: nothing outside its folder is touched.

/** Postfix lets nobody but root start it: `needs('postfix and root', postfixAvailable)`. */
export const postfixAvailable = programOnPath('postfix') !== null && process.getuid?.() === 0;

/** Takes mail for `domain` from 127.0.0.1 and hands it on by LMTP; looks up no name and sends nothing elsewhere. */
const mainCf = (home: string, domain: string, lmtpPort: number): string => `compatibility_level = 3.6
queue_directory = ${home}/spool
data_directory = ${home}/data
maillog_file = ${home}/log/mail.log
maillog_file_prefixes = ${home}
myhostname = mta.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
relay_domains = ${domain}
relay_transport = lmtp:inet:127.0.0.1:${lmtpPort}
default_transport = error:nothing leaves this machine
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_host_lookup = native
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
biff = no
`;

const masterCf = (port: number): string => `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
`;

const run = promisify(execFile);

const answers = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const [greeting]: unknown[] = await once(socket, 'data');
  socket.end('QUIT\r\n');
  return String(greeting).startsWith('220');
};

/** Where Postfix keeps its daemons, by its own word. */
const masterProgram = async (postconf: string): Promise<string> => {
  const { stdout } = await run(postconf, ['-d', '-h', 'daemon_directory']);
  return join(stdout.trim(), 'master');
};

const writeConfig = async (home: string, main: string, master: string): Promise<string> => {
  await chmod(home, 0o755); // its daemons run as a user of their own
  for (const folder of ['etc', 'spool', 'data', 'log']) await mkdir(join(home, folder), { mode: 0o755 });
  const etc = join(home, 'etc');
  await writeFile(join(etc, 'main.cf'), main);
  await writeFile(join(etc, 'master.cf'), master);
  return etc;
};

export type TestPostfix = AsyncDisposable & Readonly<{ url: string; log: () => Promise<string> }>;

/**
 * A Postfix that takes mail for `domain` on a free port of 127.0.0.1 and hands it on by LMTP to `lmtpPort`, where an
 * inbox with `smtp: { lmtp: true }` may listen. It keeps everything in a temporary folder and ends with the test.
 */
export const startPostfix = async (domain: string, lmtpPort: number): Promise<TestPostfix> => {
  const [postfix, postconf] = [programOnPath('postfix'), programOnPath('postconf')];
  if (postfix === null || postconf === null) throw new Error('Postfix is not installed');
  const port = await freePort();
  const home = await mkdtemp(join(tmpdir(), 'farwatch-postfix-'));
  const etc = await writeConfig(home, mainCf(home, domain, lmtpPort), masterCf(port));
  await run('chown', ['postfix', join(home, 'data')]);
  await run(postfix, ['-c', etc, 'check']); // makes the queue's folders, each with its owner
  const server = await startChild(await masterProgram(postconf), ['-c', etc, '-d'], { cwd: home }, home);
  const log = () => readFile(join(home, 'log', 'mail.log'), 'utf8').catch(() => '');
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await waitUntil(() => answers(port), 10_000, 'Postfix');
  } catch (error) {
    const said = `${server.output()}${await log()}`;
    await stop();
    throw new Error(`Postfix did not start: ${said}`, { cause: error });
  }
  return { url: `smtp://127.0.0.1:${port}`, log, [Symbol.asyncDispose]: stop };
};
