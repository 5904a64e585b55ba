import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startChild } from './child.ts';
import { programOnPath } from './on-path.ts';
import { waitUntil } from './wait-until.ts';

const run = promisify(execFile);
export const opensslAvailable = programOnPath('openssl') !== null;

/** PEM, and the files that hold it. */
export type Issued = Readonly<{ cert: string; key: string; certFile: string; keyFile: string }>;
export type IssueOptions = Readonly<{
  /** As openssl writes it: `/CN=shop.example`; `/` is none. */
  subject: string;
  /** Lines of openssl's configuration: `subjectAltName = DNS:shop.example`. */
  extensions?: readonly string[];
  /** As openssl takes it: `rsa:2048`, `ed25519`, a curve as `P-521`; default P-256. */
  key?: string;
  /** Default sha256. */
  digest?: string;
  /** Epoch ms; default an hour ago and a day ahead. */
  notBefore?: number;
  notAfter?: number;
  /** Default: signed by itself. */
  issuer?: Issued;
}>;
export type Authority = AsyncDisposable &
  Readonly<{
    issue: (options: IssueOptions) => Promise<Issued>;
    /** Puts it on the issuer's list; answers whether openssl, which reads the list, refuses it as revoked. */
    revoke: (issued: Issued, issuer: Issued) => Promise<boolean>;
  }>;

const config = (folder: string): string => `
[ca]
default_ca = us
[us]
database = ${folder}/index.txt
new_certs_dir = ${folder}
rand_serial = yes
default_md = sha256
default_crl_days = 1
policy = any
unique_subject = no
[any]
commonName = optional
[req]
distinguished_name = nobody
[nobody]
`;
const time = (at: number): string => new Date(at).toISOString().replace(/[-:T]|\.\d+/gu, '');

/** The openssl program as a certificate authority, for what selfMadeCertificate can't make. */
export const startAuthority = async (): Promise<Authority> => {
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-authority-'));
  const conf = join(folder, 'openssl.cnf');
  await writeFile(conf, config(folder));
  await writeFile(join(folder, 'index.txt'), '');
  const openssl = (...args: readonly string[]) => run('openssl', [...args], { cwd: folder, timeout: 30_000 });
  let made = 0;

  const issue = async (options: IssueOptions): Promise<Issued> => {
    const { subject, extensions = [], key = 'P-256', digest = 'sha256', issuer } = options;
    const { notBefore = Date.now() - 3_600_000, notAfter = Date.now() + 86_400_000 } = options;
    const file = (ending: string): string => join(folder, `${made}.${ending}`);
    made += 1;
    const [certFile, keyFile, request, extfile] = [file('crt'), file('key'), file('csr'), file('ext')];
    const kind = key.startsWith('P-') ? ['ec', '-pkeyopt', `ec_paramgen_curve:${key}`] : [key];
    const whose = ['-subj', subject, '-config', conf];
    await openssl('req', '-new', '-newkey', ...kind, '-nodes', '-keyout', keyFile, '-out', request, ...whose);
    await writeFile(extfile, extensions.join('\n'));
    const by =
      issuer === undefined
        ? ['-selfsign', '-keyfile', keyFile]
        : ['-cert', issuer.certFile, '-keyfile', issuer.keyFile];
    const when = ['-startdate', time(notBefore), '-enddate', time(notAfter)];
    const how = ['-batch', '-notext', '-md', digest, '-extfile', extfile];
    await openssl('ca', '-config', conf, ...by, ...when, ...how, '-in', request, '-out', certFile);
    return { cert: await readFile(certFile, 'utf8'), key: await readFile(keyFile, 'utf8'), certFile, keyFile };
  };

  const revoke = async ({ certFile }: Issued, issuer: Issued): Promise<boolean> => {
    const by = ['-config', conf, '-cert', issuer.certFile, '-keyfile', issuer.keyFile];
    const list = join(folder, 'revoked.crl');
    await openssl('ca', ...by, '-revoke', certFile);
    await openssl('ca', ...by, '-gencrl', '-out', list);
    const trust = ['-partial_chain', '-trusted', issuer.certFile];
    const said = await openssl('verify', '-crl_check', '-CRLfile', list, ...trust, certFile).catch(
      (error: unknown) => error,
    );
    return /certificate revoked/u.test(String(said));
  };
  return { issue, revoke, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
};

/** `openssl s_server` with a page for everybody, for what Node refuses to serve. */
export const startOpensslServer = async (
  { certFile, keyFile }: Issued,
  args: readonly string[],
): Promise<AsyncDisposable & Readonly<{ port: number }>> => {
  const files = ['-cert', certFile, '-key', keyFile];
  const server = await startChild('openssl', ['s_server', '-accept', '127.0.0.1:0', '-www', ...files, ...args], {
    cwd: tmpdir(),
  });
  const port = await waitUntil(
    () => /ACCEPT 127\.0\.0\.1:(\d+)/u.exec(server.output())?.[1],
    10_000,
    'openssl s_server',
  ).catch(async (error: unknown) => {
    await server.stop();
    throw new Error(server.output(), { cause: error });
  });
  return { port: Number(port), [Symbol.asyncDispose]: () => server.stop('SIGKILL') };
};
