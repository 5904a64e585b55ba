import { randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';

/** Listens on 127.0.0.1, on `port` or a free one, and answers the port. Rejects when it can't. */
export const listenOnLoopback = (
  server: Pick<Server, 'listen' | 'once' | 'off' | 'address'>,
  port = 0,
): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port); // a TCP server that listens has one
    });
  });

/**
 * A TCP port of 127.0.0.1 that nobody listens on. It is below those that Linux lends to outgoing connections (32768 and
 * up), or it would be lent to one of the other tests before the caller listens on it.
 */
export const freePort = async (tries = 20): Promise<number> => {
  const server = createServer();
  try {
    const port = await listenOnLoopback(server, randomInt(10_000, 32_768));
    await new Promise((resolve) => server.close(resolve));
    return port;
  } catch (error) {
    if (tries > 1) return freePort(tries - 1);
    throw error;
  }
};
