import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { startUnaccepting } from '@farwatch/testkit';
import { gate, wrote } from './alone.ts';
import { programsOf } from './behind-gateways.ts';
import { type GatewayName, gatewayNames, startGateway } from './gateways.ts';
import { page, startOrigin } from './origins.ts';
import { type Scenario, stageOf } from './scenario.ts';

const sorry = '<html><head><title>Sorry</title></head><body><h1>We will be back soon</h1></body></html>';
const custom = (code: string): string =>
  `proxy_intercept_errors on; error_page ${code} /sorry; location = /sorry { default_type text/html; return 200 '${sorry}'; } proxy_pass http://127.0.0.1:`;

/** No packet comes back: a firewall, a dead host. */
const blackhole = (name: GatewayName): Scenario => ({
  id: `${name}-blackhole`,
  needs: programsOf(name),
  isOpen: true,
  truth: wrote(name, ['link', 'origin'], 'origin-unreachable', 'origin-saturated'),
  stage: async () => {
    const away = await startUnaccepting();
    const started = await startGateway(name, { port: away.port }, { timeoutS: 1 });
    return stageOf(`http://127.0.0.1:${started.port}/`, [away, started], { log: started.log });
  },
});

/** Requests that are waiting for an answer already. */
const waiting =
  (some: number) =>
  async (url: string): Promise<AsyncDisposable> => {
    const port = Number(new URL(url).port);
    const sockets = Array.from({ length: some }, () => connect(port, '127.0.0.1').on('error', () => undefined));
    for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { [Symbol.asyncDispose]: async () => sockets.forEach((socket) => void socket.destroy()) };
  };

// Listens and never runs again: the kernel takes as many as the backlog holds, and refuses the rest (EAGAIN).
const blocked = `
const { parentPort, workerData } = require('node:worker_threads');
require('node:net').createServer().listen({ path: workerData, backlog: 1 }, () => {
  require('node:fs').chmodSync(workerData, 0o666);
  parentPort.postMessage('listening');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** A unix socket whose backlog is full. */
const fullSocket: Scenario = {
  id: 'nginx-socket-backlog-full',
  needs: programsOf('nginx'),
  truth: wrote('nginx', ['origin'], 'origin-saturated'),
  stage: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'farwatch-socket-'));
    await chmod(folder, 0o755);
    const path = join(folder, 'app.sock');
    const worker = new Worker(blocked, { eval: true, workerData: path });
    await once(worker, 'message');
    const fillers = Array.from({ length: 4 }, () => connect(path).on('error', () => undefined));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const away = {
      [Symbol.asyncDispose]: async () => {
        for (const socket of fillers) socket.destroy();
        await worker.terminate();
        await rm(folder, { recursive: true, force: true });
      },
    };
    const started = await startGateway('nginx', { port: 0, socket: path });
    return stageOf(`http://127.0.0.1:${started.port}/`, [away, started], { log: started.log });
  },
};

const nginx: readonly Scenario[] = [
  fullSocket,
  gate('nginx', 'own-page', wrote('nginx', ['origin'], 'origin-not-listening'), {
    variety: (port) => ({ extra: `${custom('502')}${port};` }),
    isOpen: true,
  }),
  gate('nginx', 'own-page-timeout', wrote('nginx', ['origin'], 'origin-timeout'), {
    origin: 'silent',
    variety: (port) => ({ hidesVersion: true, timeoutS: 1, extra: `${custom('504')}${port};` }),
    isOpen: true,
  }),
  gate(
    'nginx',
    'own-page-as-200',
    { ...wrote('nginx', ['origin'], 'masked-outage', 'origin-not-listening'), isMasked: true },
    {
      variety: (port) => ({
        extra: `error_page 502 =200 /sorry; location = /sorry { default_type text/html; return 200 '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>'; } proxy_pass http://127.0.0.1:${port};`,
      }),
    },
  ),
  gate('nginx', 'large-headers', wrote('nginx', ['client'], 'request-too-large'), {
    request: { headers: { 'X-Big': 'x'.repeat(40_000) } },
  }),
  gate('nginx', 'long-url', wrote('nginx', ['client'], 'request-too-large'), { path: `/${'x'.repeat(12_000)}` }),
  gate('nginx', 'closes-444', wrote('none', ['gateway', 'origin'], 'gateway-closed', 'blocked'), {
    variety: { extra: 'return 444;' },
  }),
  gate('nginx', 'tls-not-trusted', wrote('nginx', ['link', 'gateway', 'origin'], 'upstream-tls'), {
    origin: 'tls',
    upstream: { speaks: 'https' },
    variety: { extra: 'proxy_ssl_verify on; proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;' },
    isOpen: true,
  }),
  ...['uwsgi', 'scgi', 'grpc'].map((kind) =>
    gate('nginx', `${kind}-dead`, wrote('nginx', ['origin'], 'origin-not-listening'), {
      variety: (port) => ({ extra: `${kind}_pass 127.0.0.1:${port}; # in place of proxy_pass\n` }),
    }),
  ),
  gate('nginx', 'fastcgi-dead', wrote('nginx', ['origin'], 'origin-not-listening'), {
    upstream: { speaks: 'fastcgi' },
  }),
  gate(
    'nginx',
    'fastcgi-to-http',
    wrote('nginx', ['origin', 'gateway'], 'origin-invalid-response', 'gateway-wrong-target'),
    {
      origin: 'good',
      upstream: { speaks: 'fastcgi' },
      isOpen: true,
    },
  ),
  {
    id: 'nginx-stale',
    needs: programsOf('nginx'),
    truth: { ...wrote('other', ['origin'], 'healthy-stale', 'origin-not-listening'), isMasked: true },
    stage: async () => {
      const origin = await startOrigin('good');
      const extra =
        'proxy_cache c; proxy_cache_valid 200 1s; proxy_cache_use_stale error timeout; add_header X-Cache-Status $upstream_cache_status;';
      const outside = 'proxy_cache_path FOLDER/tmp/cache keys_zone=c:1m;';
      const started = await startGateway('nginx', { port: origin.port }, { extra, outside });
      const url = `http://127.0.0.1:${started.port}/`;
      if ((await (await fetch(url)).text()) !== page) throw new Error('the first answer is not the page');
      await origin[Symbol.asyncDispose]();
      await new Promise((resolve) => setTimeout(resolve, 2_300)); // whole seconds count: now it is old
      return stageOf(url, [started], { log: started.log });
    },
  },
];

const apache: readonly Scenario[] = [
  gate('apache', 'no-live', wrote('apache', ['origin'], 'no-live-upstream', 'origin-not-listening'), {
    variety: (port) => ({
      extra: `<Proxy balancer://shop>\nBalancerMember http://127.0.0.1:${port} retry=60\n</Proxy>\nProxyPass / balancer://shop/\n`,
    }),
    before: 2,
  }),
  gate('apache', 'https-to-plain', wrote('apache', ['link', 'gateway'], 'upstream-tls', 'gateway-wrong-target'), {
    origin: 'good',
    upstream: { speaks: 'https' },
  }),
  gate('apache', 'dns', wrote('apache', ['link', 'gateway'], 'upstream-dns'), {
    variety: { extra: 'ProxyPass / http://shop-backend.invalid/\n' },
  }),
  gate('apache', 'deny', wrote('apache', ['gateway', 'edge'], 'blocked', 'gateway-config'), {
    variety: { extra: '<Location />\nRequire all denied\n</Location>\n' },
  }),
  gate('apache', 'missing-file', wrote('apache', ['origin', 'client'], 'not-found'), {
    variety: { extra: 'DocumentRoot FOLDER/run\n' },
    path: '/nothing.html',
  }),
  gate('apache', 'fastcgi-dead', wrote('apache', ['origin'], 'origin-not-listening'), {
    upstream: { speaks: 'fastcgi' },
  }),
  gate('apache', 'socket-missing', wrote('apache', ['origin', 'link', 'gateway'], 'socket-missing'), {
    upstream: { speaks: 'fastcgi', socket: '/tmp/farwatch-nobody-made-this.sock' },
  }),
];

const haproxy: readonly Scenario[] = [
  gate('haproxy', 'no-live', wrote('haproxy', ['origin'], 'no-live-upstream', 'origin-not-listening'), {
    variety: { outside: 'default-server check inter 100ms fall 1' },
    prepared: async () => {
      await new Promise((resolve) => setTimeout(resolve, 600)); // until its check has failed
      return { [Symbol.asyncDispose]: async () => undefined };
    },
  }),
  gate('haproxy', 'deny', wrote('haproxy', ['gateway', 'edge'], 'blocked', 'gateway-config'), {
    variety: { extra: 'http-request deny' },
  }),
  gate('haproxy', 'deny-429', wrote('haproxy', ['client', 'gateway'], 'rate-limited'), {
    variety: { extra: 'http-request deny deny_status 429' },
  }),
  gate('haproxy', 'queue-full', wrote('haproxy', ['origin'], 'origin-saturated'), {
    origin: 'silent',
    variety: { timeoutS: 4, outside: 'timeout queue 1s\n  default-server maxconn 1' },
    prepared: waiting(1),
    isOpen: true,
  }),
  gate('haproxy', 'https-to-plain', wrote('haproxy', ['link', 'gateway'], 'upstream-tls', 'gateway-wrong-target'), {
    origin: 'good',
    upstream: { speaks: 'https' },
    isOpen: true,
  }),
];

const others: readonly Scenario[] = [
  gate('varnish', 'sick', wrote('varnish', ['origin'], 'no-live-upstream', 'origin-not-listening'), {
    variety: { extra: '.probe = { .url = "/"; .interval = 1s; .timeout = 1s; .threshold = 1; .initial = 0; }' },
    isOpen: true,
  }),
  gate('caddy', 'https-to-plain', wrote('caddy', ['link', 'gateway'], 'upstream-tls', 'gateway-wrong-target'), {
    origin: 'good',
    upstream: { speaks: 'https' },
    isOpen: true,
  }),
  gate('caddy', 'socket-missing', wrote('caddy', ['origin', 'link', 'gateway'], 'socket-missing'), {
    upstream: { socket: '//tmp/farwatch-nobody-made-this.sock' },
    isOpen: true,
  }),
  gate('caddy', 'dns', wrote('caddy', ['link', 'gateway'], 'upstream-dns'), {
    variety: { extra: 'reverse_proxy shop-backend.invalid:80' },
    isOpen: true,
  }),
  gate('lighttpd', 'fastcgi-dead', wrote('lighttpd', ['origin'], 'origin-not-listening'), {
    upstream: { speaks: 'fastcgi' },
  }),
  gate('lighttpd', 'socket-missing', wrote('lighttpd', ['origin', 'link', 'gateway'], 'socket-missing'), {
    upstream: { speaks: 'fastcgi', socket: '/tmp/farwatch-nobody-made-this.sock' },
    isOpen: true,
  }),
];

const twins: readonly Scenario[] = (['apache', 'haproxy', 'caddy', 'varnish'] as const).map((name) => ({
  id: `${name}-twin-dead`,
  needs: programsOf(name),
  truth: wrote(name, ['origin'], 'origin-not-listening'),
  stage: async () => {
    const { port } = await startOrigin('dead');
    const started = await startGateway(name, { port }, {});
    const request = { origin: `http://127.0.0.1:${port}` };
    return stageOf(`http://127.0.0.1:${started.port}/`, [started], { request, log: started.log });
  },
}));

/** Gateways that are set up in ways of their own. */
export const configured: readonly Scenario[] = [
  ...gatewayNames.map(blackhole),
  ...[...nginx, ...apache, ...haproxy, ...others, ...twins],
];
