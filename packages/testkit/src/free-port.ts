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

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listenOnLoopback(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
};
