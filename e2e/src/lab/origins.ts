import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { selfMadeCertificate } from '@farwatch/testkit';

/** An origin that misbehaves on request. `port` is where it listens, or would. */
export type Origin = AsyncDisposable & Readonly<{ port: number }>;

export const page = `<!doctype html><html><head><title>Shop</title></head><body><h1>Shop</h1><p>${'Fine goods at fair prices. '.repeat(40)}</p></body></html>`;

const head = (status: string, headers: readonly string[]): string =>
  [`HTTP/1.1 ${status}`, 'Content-Type: text/html', ...headers, 'Connection: close', '', ''].join('\r\n');
export const whole = (status: string, body: string | Buffer, headers: readonly string[] = []): Buffer =>
  Buffer.concat([
    Buffer.from(head(status, [...headers, `Content-Length: ${Buffer.byteLength(body)}`])),
    Buffer.from(body),
  ]);
const raw = (status: string, body: Buffer, headers: readonly string[]): Buffer =>
  Buffer.concat([Buffer.from(head(status, headers)), body]);

/** What an origin does once a request has come in. */
type Act = (socket: Socket) => void;
const says =
  (bytes: Buffer | string): Act =>
  (socket) =>
    void socket.end(bytes);
/** Says something and then breaks off. */
const breaks =
  (bytes: Buffer | string, how: 'close' | 'reset' = 'close'): Act =>
  (socket) =>
    void socket.write(bytes, () => setTimeout(() => (how === 'reset' ? socket.resetAndDestroy() : socket.end()), 30));
const later =
  (ms: number, act: Act): Act =>
  (socket) =>
    void setTimeout(() => act(socket), ms);

const gzipped = gzipSync(page);
const coded = (coding: string, body: Buffer): Buffer => whole('200 OK', body, [`Content-Encoding: ${coding}`]);
const chunked = (body: Buffer | string, isEnded: boolean): Buffer =>
  Buffer.concat([
    Buffer.from(head('200 OK', ['Transfer-Encoding: chunked'])),
    Buffer.from(`${Buffer.byteLength(body).toString(16)}\r\n`),
    Buffer.from(body),
    Buffer.from(isEnded ? '\r\n0\r\n\r\n' : '\r\n'),
  ]);
const flipped = (bytes: Buffer): Buffer => Buffer.from(bytes.map((each, n) => (n > 20 && n < 60 ? each ^ 0x5a : each)));

/** Every misbehaviour that comes after the request was read. */
export const acts = {
  good: says(whole('200 OK', page)),
  silent: () => undefined,
  closes: (socket) => void socket.end(),
  'dies-working': later(1_370, (socket) => void socket.end()),
  resets: (socket) => void socket.resetAndDestroy(),
  garbage: says('\u0000\u0001\u0002 this is not HTTP at all \u0003\r\n\r\n'),
  ssh: says('SSH-2.0-OpenSSH_9.6\r\n'),
  'huge-headers': says(whole('200 OK', page, [`X-Big: ${'b'.repeat(120_000)}`])),
  'cut-head': breaks('HTTP/1.1 200 OK\r\nContent-Type: te'),
  'cut-body': breaks(raw('200 OK', Buffer.from(page.slice(0, 300)), [`Content-Length: ${page.length}`])),
  'reset-body': breaks(raw('200 OK', Buffer.from(page.slice(0, 300)), [`Content-Length: ${page.length}`]), 'reset'),
  'cut-chunks': breaks(chunked(page, false)),
  error500: says(whole('500 Internal Server Error', '<h1>Internal Server Error</h1>')),
  'error500-php': says(whole('500 Internal Server Error', '', ['X-Powered-By: PHP/8.2.7'])),
  maintenance: says(whole('503 Service Unavailable', '<h1>Down for scheduled maintenance</h1>', ['Retry-After: 3600'])),
  refusing: says(whole('503 Service Unavailable', '<h1>Service Unavailable</h1>')),
  limited: says(whole('429 Too Many Requests', '<h1>Too Many Requests</h1>', ['Retry-After: 30'])),
  missing: says(whole('404 Not Found', '<h1>Cannot find that</h1>')),
  'own-502': says(
    whole('502 Bad Gateway', '<html><body><h1>Our upstream is away</h1></body></html>', ['Server: shop-router']),
  ),
  'masked-title': says(
    whole(
      '200 OK',
      '<html><head><title>503 Service Unavailable</title></head><body><h1>Service Unavailable</h1></body></html>',
    ),
  ),
  'masked-php': says(
    whole(
      '200 OK',
      '<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function shop() in /var/www/shop/index.php:3\nStack trace:\n#0 {main}\n  thrown in <b>/var/www/shop/index.php</b> on line <b>3</b><br />',
    ),
  ),
  'masked-database': says(
    whole(
      '200 OK',
      '<html><head><title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body></html>',
    ),
  ),
  'masked-json': says(
    whole('200 OK', '{"status":"error","message":"no database"}', ['Content-Type: application/json']),
  ),
  empty: says(whole('200 OK', '')),
  'gzip-cut': says(coded('gzip', gzipped.subarray(0, gzipped.length - 30))),
  'gzip-corrupt': says(coded('gzip', flipped(gzipped))),
  'gzip-not': says(coded('gzip', Buffer.from(page))),
  'gzip-double': says(coded('gzip', gzipSync(gzipped))),
  'gzip-unsaid': says(whole('200 OK', gzipped)),
  'gzip-length': breaks(raw('200 OK', gzipped, ['Content-Encoding: gzip', `Content-Length: ${page.length}`])),
  'gzip-as-br': says(coded('br', gzipped)),
  'br-cut': says(coded('br', brotliCompressSync(page).subarray(0, 60))),
  'br-not': says(coded('br', Buffer.from(page))),
  'zstd-cut': says(coded('zstd', zstdCompressSync(page).subarray(0, 60))),
  'zstd-corrupt': says(coded('zstd', flipped(zstdCompressSync(page)))),
  'deflate-not': says(coded('deflate', Buffer.from(page))),
  'length-long': breaks(raw('200 OK', Buffer.from(page), [`Content-Length: ${page.length + 200}`])),
  'length-short': says(raw('200 OK', Buffer.from(page), [`Content-Length: ${page.length - 200}`])),
  'good-gzip': says(coded('gzip', gzipped)),
  'good-br': says(coded('br', brotliCompressSync(page))),
  'good-zstd': says(coded('zstd', zstdCompressSync(page))),
  'good-members': says(coded('gzip', Buffer.concat([gzipSync(page.slice(0, 99)), gzipSync(page.slice(99))]))),
  'good-chunks': says(chunked(page, true)),
  'good-close': says(raw('200 OK', Buffer.from(page), [])),
  'good-identity': says(whole('200 OK', page, ['Content-Encoding: identity'])),
  'good-tiny': says(whole('200 OK', 'ok')),
  'good-204': says('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'),
  'good-gzip-chunks': says(
    Buffer.from(
      chunked(gzipped, true).toString('latin1').replace('Transfer-', 'Content-Encoding: gzip\r\nTransfer-'),
      'latin1',
    ),
  ),
  'good-article': says(
    whole(
      '200 OK',
      `<html><head><title>How to mend a 502 Bad Gateway</title></head><body><p>${'A 502 bad gateway means that the gateway got no valid answer. '.repeat(50)}</p></body></html>`,
    ),
  ),
  'good-json': says(whole('200 OK', '{"status":"ok","errors":[]}', ['Content-Type: application/json'])),
  'good-script': says(
    whole('200 OK', '<html><head><script src="/a.js"></script></head><body><div id="app"></div></body></html>'),
  ),
  'good-notice': says(
    whole(
      '200 OK',
      `<html><head><title>My bank</title></head><body><p>Scheduled maintenance on Sunday at two.</p><p>${'Your accounts and your last payments. '.repeat(60)}</p></body></html>`,
    ),
  ),
  'good-plain': says(whole('200 OK', 'pong', ['Content-Type: text/plain'])),
} as const satisfies Readonly<Record<string, Act>>;
export type ActName = keyof typeof acts;
/** What an origin can do besides. */
export type Behaviour = ActName | 'dead' | 'tls' | 'closes-at-once' | 'resets-at-once';

const listen = async (server: Server): Promise<Origin> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // gateways go away as they like
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** Reads one request's head (and, of a FastCGI client, whatever comes first), then acts. */
const once = (act: Act) => (socket: Socket) => {
  socket.on('error', () => undefined);
  socket.once('data', () => act(socket));
};

// Below the ports that the kernel gives out: a free one of those may be another scenario's origin a moment later.
const firstDead = 11_000 + (process.pid % 9_000);
let deadPorts = 0;
const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
const deadPort = async (): Promise<number> => {
  for (;;) {
    const port = firstDead + (deadPorts++ % 10_000);
    if (await isFree(port)) return port;
  }
};

export const startOrigin = async (behaviour: Behaviour): Promise<Origin> => {
  switch (behaviour) {
    case 'dead': {
      const port = await deadPort();
      return { port, [Symbol.asyncDispose]: async () => undefined };
    }
    case 'tls': {
      const { cert, key } = selfMadeCertificate();
      return listen(createTlsServer({ cert, key }, once(acts.good)));
    }
    case 'closes-at-once':
      return listen(createServer((socket) => void socket.destroy()));
    case 'resets-at-once':
      return listen(createServer((socket) => void socket.resetAndDestroy()));
    default:
      return listen(createServer(once(acts[behaviour])));
  }
};
