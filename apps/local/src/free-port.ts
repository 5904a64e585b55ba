import { randomInt } from 'node:crypto';
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

// Below the ports that systems lend to outgoing connections (Linux from 32768, others from 49152: RFC 6335, section 6):
// one of those would be lent again before whoever asked listens on it, or while an app is started anew.
const pickPort = async (host: string, tries = 20): Promise<number> => {
  try {
    return await tryPort(host, randomInt(10_000, 32_768));
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (busy && tries > 1) return pickPort(host, tries - 1);
    throw error;
  }
};

/** A loopback port that is free, and that the system lends to nobody. */
export const freePort = (): Promise<number> => pickPort('127.0.0.1');

/** Answers the port that the API will listen on, or throws a `Problem` that names the setting. 0 picks a free one. */
export const claimPort = async (host: string, port: number): Promise<number> => {
  try {
    return port === 0 ? await pickPort(host) : await tryPort(host, port);
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
