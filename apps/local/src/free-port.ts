import { once } from 'node:events';
import { createServer } from 'node:net';
import { oneLine, Problem } from './problem.ts';

const tryPort = async (host: string, port: number): Promise<number> => {
  const server = createServer();
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : port;
};

/** A loopback port that was free a moment ago. */
export const freePort = (): Promise<number> => tryPort('127.0.0.1', 0);

/** Answers the port that the API will listen on, or throws a `Problem` that names the setting. 0 picks a free one. */
export const claimPort = async (host: string, port: number): Promise<number> => {
  try {
    return await tryPort(host, port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE') {
      throw new Problem(`Port ${port} on ${host} is taken by another program: set FARWATCH_PORT to a free one.`);
    }
    if (code === 'EACCES') {
      throw new Problem(`Port ${port} may not be opened by this user: set FARWATCH_PORT to one from 1024 to 65535.`);
    }
    throw new Problem(
      `Cannot listen on FARWATCH_HOST "${host}" (${oneLine(error)}): set it to an address of this machine.`,
    );
  }
};
