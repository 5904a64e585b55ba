import { createServer, type RequestListener, type Server } from 'node:http';
import {
  createServer as createHttp2Server,
  createSecureServer,
  type Http2Server,
  type SecureServerOptions,
} from 'node:http2';
import type { ServerOptions } from 'node:https';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createRawServer, type Server as RawServer, type Socket } from 'node:net';
import { type CertificateOptions, selfMadeCertificate } from './certificate.ts';
import { listenOnLoopback } from './free-port.ts';

/** A server that misbehaves on request. `url` ends without a slash. */
export type Target = AsyncDisposable & Readonly<{ url: string; port: number; connections: () => number }>;

const counted = (server: RawServer): { sockets: Set<Socket>; connections: () => number } => {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined); // the other side went away; its own test sees why
    socket.once('close', () => sockets.delete(socket));
  });
  return { sockets, connections: () => connections };
};

const openTarget = async (server: RawServer, scheme: string, port = 0): Promise<Target> => {
  const { sockets, connections } = counted(server);
  const listening = await listenOnLoopback(server, port);
  return {
    url: `${scheme}://127.0.0.1:${listening}`,
    port: listening,
    connections,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** A real HTTP server of node:http; `port` 0 takes a free one. */
export const startTarget = (handler: RequestListener, port = 0): Promise<Target> =>
  openTarget(createServer(handler) satisfies Server, 'http', port);

/** A real TCP server: what it says is up to `handler`, HTTP or not. */
export const startRawTarget = (handler: (socket: Socket) => void, port = 0): Promise<Target> =>
  openTarget(createRawServer({ allowHalfOpen: true }, handler), 'http', port);

export type TlsTarget = Target & Readonly<{ certificate: string; key: string }>;

/**
 * A real HTTPS server with a certificate made for it: for localhost and 127.0.0.1, valid for a day, signed by itself,
 * unless `certificate` asks for another. Its `certificate` (PEM) is what a client would have to trust.
 */
export const startTlsTarget = async (
  handler: RequestListener,
  options: Readonly<{ certificate?: CertificateOptions; tls?: ServerOptions }> = {},
): Promise<TlsTarget> => {
  const { cert, key } = selfMadeCertificate(options.certificate);
  const target = await openTarget(createTlsServer({ cert, key, ...options.tls }, handler), 'https');
  return { ...target, certificate: cert, key };
};

type Http2Handler = (...args: Parameters<NonNullable<Http2Listener>>) => void;
type Http2Listener = Parameters<typeof createHttp2Server>[1];
/** A real HTTP/2 server: over TLS (`allowHTTP1` in `tls` lets HTTP/1 in too), or, with `plain`, without. */
export const startHttp2Target = async (
  handler: Http2Handler,
  options: Readonly<{ certificate?: CertificateOptions; tls?: SecureServerOptions; plain?: boolean }> = {},
): Promise<Target> => {
  if (options.plain === true) return openTarget(createHttp2Server(handler) satisfies Http2Server, 'http');
  const { cert, key } = selfMadeCertificate(options.certificate);
  return openTarget(createSecureServer({ cert, key, ...options.tls }, handler), 'https');
};
