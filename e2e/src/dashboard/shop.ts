import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { startNginx } from '../nginx.ts';
import { startUpstream } from '../upstream.ts';

export type Shop = AsyncDisposable &
  Readonly<{
    url: string;
    /** Where the application itself answers. */
    origin: string;
    /** The application is gone: nginx says 502. */
    die: () => Promise<unknown>;
    /** Something listens again and says nothing: nginx says 504. */
    hang: () => Promise<void>;
    recover: () => Promise<void>;
    errorLog: () => Promise<string>;
  }>;

const listen = async (port: number): Promise<Server> => {
  // Read, so that it sees the other side leave, and never answered.
  const server = createServer((socket) => socket.resume().on('error', () => socket.destroy()));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

/** A shop behind a real nginx, whose application can die, hang and come back. */
export const openShop = async (): Promise<Shop> => {
  const upstream = await startUpstream();
  const nginx = await startNginx(upstream.port, '1s');
  let silent: Server | null = null;
  const hush = async (): Promise<void> => {
    const server = silent;
    silent = null;
    if (server !== null) await new Promise((done) => server.close(done)); // nginx has closed what it gave up on
  };
  return {
    url: nginx.url,
    origin: `http://127.0.0.1:${upstream.port}`,
    die: upstream.kill,
    hang: async () => {
      silent = await listen(upstream.port);
    },
    recover: async () => {
      await hush();
      await upstream.start();
    },
    errorLog: nginx.errorLog,
    [Symbol.asyncDispose]: async () => {
      await hush();
      await nginx[Symbol.asyncDispose]();
      await upstream[Symbol.asyncDispose]();
    },
  };
};
