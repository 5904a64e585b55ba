import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startChild, waitUntil } from '@farwatch/testkit';
import { makeCertificate, type SiteCertificate } from './certificate.ts';
import { program } from './program.ts';

/** As large as many a small page. */
const pageBytes = 10_000;

export type Site = AsyncDisposable &
  Readonly<{
    /** Both end with a slash and serve the same page of about 10 kB. */
    http: string;
    https: string;
    /** Who signed its certificate; for NODE_EXTRA_CA_CERTS. */
    caFile: string;
  }>;

const configuration = (port: number, tlsPort: number, { certFile, keyFile }: SiteCertificate, user: string): string => `
daemon off; master_process off; pid nginx.pid; error_log error.log error; ${user}
worker_rlimit_nofile 16384;
events { worker_connections 8192; }
http {
  access_log off; default_type text/html;
  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
  server {
    listen 127.0.0.1:${port} backlog=4096;
    listen 127.0.0.1:${tlsPort} ssl backlog=4096;
    ssl_certificate ${certFile}; ssl_certificate_key ${keyFile}; ssl_protocols TLSv1.3;
    root html;
  }
}`;

/** The page lies where nginx finds it under every query. */
const writeFiles = async (folder: string, port: number, tlsPort: number): Promise<SiteCertificate> => {
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'tmp'));
  await mkdir(join(folder, 'html'));
  const line = '<p>All is well, and so it was yesterday.</p>\n';
  await writeFile(join(folder, 'html/index.html'), line.repeat(Math.ceil(pageBytes / line.length)));
  const certificate = await makeCertificate(folder);
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  await writeFile(join(folder, 'nginx.conf'), configuration(port, tlsPort, certificate, user));
  return certificate;
};

/** A real nginx on loopback: TLS 1.3 alone, ECDSA P-256, one small page. */
export const startSite = async (): Promise<Site> => {
  const nginx = program('nginx', 'nginx');
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-bench-site-'));
  const [port, tlsPort] = [await freePort(), await freePort()];
  const { caFile } = await writeFiles(folder, port, tlsPort);
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')];
  const child = await startChild(nginx, args, { cwd: folder }, folder);
  const http = `http://127.0.0.1:${port}/`;
  const answers = async (): Promise<boolean> => (await fetch(http)).ok;
  await waitUntil(() => !child.running() || answers(), 10_000, 'nginx');
  if (!child.running()) throw new Error(`nginx ended at once: ${child.output()}`);
  return {
    ...{ http, https: `https://127.0.0.1:${tlsPort}/`, caFile },
    [Symbol.asyncDispose]: async () => {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
