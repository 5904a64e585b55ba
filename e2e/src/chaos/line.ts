import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Where a message is cut off: before the provider has the whole of it, or after it took it and before its answer is out. */
export type CutWhen = 'before' | 'after';

/** The way to a provider: every answer takes a while, and the next message can be cut off in the middle. */
export type Line = AsyncDisposable &
  Readonly<{
    port: number;
    /** The next message that passes is cut off. Asked twice, two are. */
    cutNext: (when: CutWhen) => void;
    cuts: () => number;
  }>;

export type LineOptions = Readonly<{
  port: number;
  /** Whether this part of what a client says is (the end of) a message, not a greeting or a question. */
  isMessage: (said: string) => boolean;
  delayMs: () => number;
}>;

type Ends = Readonly<{ client: Socket; provider: Socket }>;

const destroy = ({ client, provider }: Ends): void => {
  client.destroy();
  provider.destroy();
};

/** A TCP line to a port of this machine. */
export const openLine = async ({ port, isMessage, delayMs }: LineOptions): Promise<Line> => {
  const asked: CutWhen[] = [];
  const open = new Set<Socket>();
  let cuts = 0;
  const join = (ends: Ends): void => {
    const { client, provider } = ends;
    let doomed = false;
    let answered = Promise.resolve();
    const cut = (): void => {
      cuts += 1;
      destroy(ends);
    };
    client.on('data', (chunk: Buffer) => {
      const when = isMessage(chunk.toString('latin1')) ? asked.shift() : undefined;
      if (when === 'before') return cut();
      doomed ||= when === 'after';
      provider.write(chunk);
    });
    provider.on('data', (chunk: Buffer) => {
      if (doomed) return cut();
      answered = answered.then(() => pause(delayMs())).then(() => void client.write(chunk));
    });
    provider.on('end', () => void answered.then(() => client.end()));
    client.on('end', () => provider.end());
    for (const socket of [client, provider]) {
      open.add(socket);
      socket.on('error', () => destroy(ends)); // the other side was killed, which is what this is for
      socket.once('close', () => open.delete(socket));
    }
  };
  const server = createServer((client) => join({ client, provider: connect(port, '127.0.0.1') }));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port, // it listens on TCP
    cutNext: (when) => void asked.push(when),
    cuts: () => cuts,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
};
