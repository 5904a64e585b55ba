import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@farwatch/testkit';
import { programsOf } from './behind-gateways.ts';
import { startGateway, type Upstream, type Variety } from './gateways.ts';
import { startOrigin } from './origins.ts';
import { type PhpOptions, phpFpmNames, startPhpFpm } from './php-fpm.ts';
import { type Scenario, stageOf, type Truth } from './scenario.ts';

const own = (broke: Truth['broke'], ...causes: Truth['causes']): Truth => ({ wrote: 'nginx', broke, causes });
const dead: Upstream = { port: 9 };

/** nginx with a configuration of its own, in front of nothing that matters. */
const alone = (id: string, truth: Truth, variety: Variety, path = '/', request = {}): Scenario => ({
  ...{ id: `nginx-${id}`, needs: programsOf('nginx'), truth },
  stage: async () => {
    const nginx = await startGateway('nginx', dead, variety);
    return stageOf(`http://127.0.0.1:${nginx.port}${path}`, [nginx], { request, log: nginx.log });
  },
});

/** A unix socket in a folder of its own, and how nginx finds it. */
const bySocket = (
  id: string,
  truth: Truth,
  prepare: (path: string) => Promise<AsyncDisposable>,
  speaks: Upstream['speaks'] = 'http',
): Scenario => ({
  ...{ id: `nginx-socket-${id}`, needs: programsOf('nginx'), truth },
  stage: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'farwatch-socket-'));
    await chmod(folder, 0o777);
    const path = join(folder, 'app.sock');
    const made = await prepare(path);
    const nginx = await startGateway('nginx', { port: 0, socket: path, speaks });
    const away = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
    return stageOf(`http://127.0.0.1:${nginx.port}/`, [away, made, nginx], { log: nginx.log });
  },
});
const nothing: AsyncDisposable = { [Symbol.asyncDispose]: async () => undefined };
const listenAt = async (path: string, mode: number): Promise<AsyncDisposable> => {
  const server = createServer(
    (socket) => void socket.on('error', () => undefined).once('data', () => socket.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(path, resolve));
  await chmod(path, mode);
  return { [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) };
};

export const php = (id: string, truth: Truth, options: PhpOptions, fill = 0): Scenario => ({
  ...{ id: `nginx-php-${id}`, needs: [...programsOf('nginx'), phpFpmNames], truth },
  stage: async () => {
    const fpm = await startPhpFpm(options);
    const upstream: Upstream = {
      port: fpm.port,
      speaks: 'fastcgi',
      ...(options.socket ? { socket: fpm.socketPath } : {}),
    };
    const nginx = await startGateway('nginx', upstream, { extra: `fastcgi_param SCRIPT_FILENAME ${fpm.script};` });
    const ask = 'GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n';
    const fillers = Array.from({ length: fill }, () => connect(nginx.port, '127.0.0.1').on('error', () => undefined));
    for (const socket of fillers) socket.write(ask);
    const free = { [Symbol.asyncDispose]: async () => fillers.forEach((socket) => void socket.destroy()) };
    if (fill > 0) await new Promise((resolve) => setTimeout(resolve, 300));
    return stageOf(`http://127.0.0.1:${nginx.port}/`, [fpm, nginx, free], {
      log: async () => `${await nginx.log()}\n${await fpm.log()}`,
    });
  },
});

const upstreams = (port: number): string =>
  `upstream shop { server 127.0.0.1:${port} max_fails=1 fail_timeout=30s; server 127.0.0.1:${port + 1} max_fails=1 fail_timeout=30s; }`;

export const nginxAlone: readonly Scenario[] = [
  bySocket('missing', own(['origin', 'link', 'gateway'], 'socket-missing'), async () => nothing),
  bySocket('permission', own(['link', 'gateway', 'origin'], 'socket-permission'), (path) => listenAt(path, 0o600)),
  bySocket('closes', own(['origin'], 'origin-closed-early'), (path) => listenAt(path, 0o666)),
  bySocket('php-missing', own(['origin', 'link', 'gateway'], 'socket-missing'), async () => nothing, 'fastcgi'),
  alone(
    'rewrite-loop',
    own(['gateway'], 'gateway-config'),
    { extra: 'rewrite ^/loop(.*)$ /loop$1x last; proxy_pass http://127.0.0.1:9;' },
    '/loop',
  ),
  alone('deny', own(['gateway', 'edge'], 'blocked', 'gateway-config'), {
    extra: 'deny all; proxy_pass http://127.0.0.1:9;',
  }),
  alone('return-503', own(['gateway', 'origin'], 'maintenance'), { extra: 'return 503;' }),
  alone('limit-429', own(['client', 'gateway'], 'rate-limited'), { extra: 'return 429;' }),
  {
    ...{ id: 'nginx-limit-req', needs: programsOf('nginx'), truth: own(['client', 'gateway'], 'rate-limited') },
    stage: async () => {
      const nginx = await startGateway('nginx', dead, {
        outside: 'limit_req_zone $binary_remote_addr zone=z:1m rate=1r/m;',
        extra: 'limit_req zone=z; proxy_pass http://127.0.0.1:9;',
      });
      const url = `http://127.0.0.1:${nginx.port}/`;
      await fetch(url); // the one that is let through
      return stageOf(url, [nginx], { log: async () => (await nginx.log()).split('\n').slice(-3).join('\n') });
    },
  },
  alone(
    'missing-file',
    own(['origin', 'client'], 'not-found'),
    { extra: 'root FOLDER/www; try_files $uri =404; proxy_pass http://127.0.0.1:9;' },
    '/nothing.html',
  ),
  alone(
    'too-large',
    own(['client'], 'request-too-large'),
    { extra: 'client_max_body_size 1k; proxy_pass http://127.0.0.1:9;' },
    '/',
    { method: 'POST', body: 'x'.repeat(5_000) },
  ),
  alone('auth-dead', own(['gateway'], 'gateway-dependency', 'gateway-config', 'gateway-overloaded'), {
    extra: 'auth_request /auth; proxy_pass http://127.0.0.1:9; location = /auth { proxy_pass http://127.0.0.1:9/; }',
  }),
  {
    // Some seconds, then 502: an upstream that dies looks the same.
    ...alone('dns', own(['link', 'gateway'], 'upstream-dns'), {
      extra: 'set $to http://shop-backend.example; proxy_pass $to;',
    }),
    isOpen: true,
  },
  {
    ...{
      id: 'nginx-https-to-plain',
      needs: programsOf('nginx'),
      truth: own(['link', 'gateway'], 'upstream-tls', 'gateway-wrong-target'),
    },
    stage: async () => {
      const origin = await startOrigin('good');
      const nginx = await startGateway('nginx', { port: origin.port, speaks: 'https' });
      return stageOf(`http://127.0.0.1:${nginx.port}/`, [origin, nginx], { log: nginx.log });
    },
  },
  {
    ...{ id: 'nginx-plain-to-https-port', needs: programsOf('nginx'), truth: own(['client'], 'wrong-scheme') },
    stage: async () => {
      const nginx = await startGateway('nginx', dead, { tls: true });
      return stageOf(`http://127.0.0.1:${nginx.port}/`, [nginx], { log: nginx.log });
    },
  },
  {
    ...{
      id: 'nginx-no-live',
      needs: programsOf('nginx'),
      truth: own(['origin'], 'no-live-upstream', 'origin-not-listening'),
    },
    stage: async () => {
      const port = await freePort();
      const nginx = await startGateway('nginx', dead, { outside: upstreams(port), extra: 'proxy_pass http://shop;' });
      const url = `http://127.0.0.1:${nginx.port}/`;
      for (let n = 0; n < 3; n++) await fetch(url).catch(() => undefined);
      return stageOf(url, [nginx], { log: async () => (await nginx.log()).split('\n').slice(-3).join('\n') });
    },
  },
  {
    ...{
      id: 'nginx-twin-good',
      needs: programsOf('nginx'),
      truth: own(['gateway'], 'gateway-wrong-target', 'gateway-config'),
      isOpen: true,
    },
    stage: async () => {
      const origin = await startOrigin('good');
      const nginx = await startGateway('nginx', { port: await freePort() });
      return stageOf(`http://127.0.0.1:${nginx.port}/`, [origin, nginx], {
        request: { origin: `http://127.0.0.1:${origin.port}` },
      });
    },
  },
  {
    ...{ id: 'nginx-twin-dead', needs: programsOf('nginx'), truth: own(['origin'], 'origin-not-listening') },
    stage: async () => {
      const port = await freePort();
      const nginx = await startGateway('nginx', { port });
      return stageOf(`http://127.0.0.1:${nginx.port}/`, [nginx], {
        request: { origin: `http://127.0.0.1:${port}` },
        log: nginx.log,
      });
    },
  },
  php('killed', own(['origin'], 'origin-reset', 'origin-closed-early'), {
    script: '<?php posix_kill(getmypid(), 9); usleep(900000);',
  }),
  php(
    'fatal',
    { wrote: 'other', broke: ['origin'], causes: ['app-error'], isRelayed: true },
    { script: '<?php throw new Exception("no"); ' },
  ),
  php('slow', own(['origin'], 'origin-timeout', 'origin-saturated'), { script: '<?php sleep(5);' }),
  php(
    'pool-full',
    own(['origin'], 'origin-saturated', 'origin-timeout'),
    { script: '<?php sleep(20);', children: 1 },
    3,
  ),
  php('terminated', own(['origin'], 'origin-reset', 'origin-closed-early', 'origin-timeout'), {
    script: '<?php sleep(9);',
    terminateS: 1,
  }),
  php(
    'blank',
    { wrote: 'other', broke: ['origin'], causes: ['empty-page'], isMasked: true },
    { script: '<?php exit;' },
  ),
  php('socket', own(['link', 'gateway', 'origin'], 'socket-permission'), {
    script: '<?php echo 1;',
    socket: true,
    listenMode: '0600',
  }),
];
