import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, programOnPath, waitUntil } from '@farwatch/testkit';

const program = programOnPath('nginx') ?? '/usr/sbin/nginx';

export { program as nginxProgram };

const configuration = (port: number, upstreamPort: number, user: string, readTimeout: string) => `
daemon off; master_process off; pid nginx.pid; error_log error.log info; ${user}
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://127.0.0.1:${upstreamPort}; proxy_connect_timeout 5s; proxy_read_timeout ${readTimeout}; }
  }
}`;

export type Nginx = AsyncDisposable & Readonly<{ url: string; errorLog: () => Promise<string> }>;

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGQUIT');
  const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(hard);
};

/** A real nginx on a free port of 127.0.0.1, proxying to a port beside it; `readTimeout` is how long it waits for an answer. */
export const startNginx = async (upstreamPort: number, readTimeout = '30s'): Promise<Nginx> => {
  const folder = await mkdtemp(join(tmpdir(), 'farwatch-nginx-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'tmp'));
  const port = await freePort();
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  await writeFile(join(folder, 'nginx.conf'), configuration(port, upstreamPort, user, readTimeout));
  const child = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(child, 'spawn');
  const url = `http://127.0.0.1:${port}/`;
  const answers = () =>
    fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
      async (response) => (await response.text()) !== '',
      () => false,
    );
  await waitUntil(answers, 60_000, 'nginx');
  return {
    url,
    errorLog: () => readFile(join(folder, 'error.log'), 'utf8'),
    [Symbol.asyncDispose]: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
