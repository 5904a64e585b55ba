import { createServer, type Socket } from 'node:net';
import type { AddressFamily, AddressTried } from '@farwatch/domain';
import { type NameAnswer, runInOwnNetwork } from '@farwatch/testkit';

/** For tests: a network in which every address is this machine, so that whoever is dialled is heard. */
export type Everywhere = Readonly<{
  /** What a name is answered with, question by question, per family; the last answer stays. */
  names: Readonly<Record<string, Readonly<{ 4: readonly NameAnswer[]; 6: readonly NameAnswer[] }>>>;
  /** `/to/2` of every address is a redirect to the third of these (bytes in base64). */
  locations: readonly string[];
  looks: readonly Readonly<{ url: string; maxRedirects?: number; timeoutMs?: number; family?: AddressFamily }>[];
  /** Dialled without any guard, to see which can be reached at all. */
  unguarded?: readonly string[];
}>;
export type Heard = Readonly<{
  /** What each look said, and whom it said it had reached. */
  looks: readonly Readonly<{ said: string; reached: string | null; tried: readonly AddressTried[] }>[];
  /** Connections by the address that was dialled, as the listener on port 80 counts them. */
  dialled: Readonly<Record<string, number>>;
}>;

const script = new URL('./everywhere-child.fixture.ts', import.meta.url);
/** `nowhere`: addresses that can't be reached; `vanishing`: addresses from which nothing ever comes. */
export const lookEverywhere = async (
  world: Everywhere,
  nowhere: readonly string[] = [],
  vanishing: readonly string[] = [],
): Promise<Heard> => (await runInOwnNetwork(script, world, { nowhere, vanishing })) as Heard; // what the child writes is a `Heard`

/** As a listener on `::` tells an IPv4 address, and as the corpora write one. */
export const plainAddress = (address: string): string => {
  const written = address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/u.exec(written);
  if (mapped === null) return written;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
};

/** A listener on port 80 of every address: a redirect at `/to/…`, 200 at `/`, 404 elsewhere. */
export const listenEverywhere = async (locations: readonly string[]) => {
  const dialled: Record<string, number> = {};
  const answer = (socket: Socket, head: string): void => {
    const [, path = '', index] = /^GET (\/(?:to\/(\d+))?) /u.exec(head) ?? [];
    const status = path === '/' ? '200 OK' : '404 Not Found';
    if (index === undefined) return void socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
    const location = Buffer.from(locations[Number(index)] ?? '', 'base64');
    socket.write('HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: ');
    socket.write(location);
    socket.end('\r\n\r\n');
  };
  const server = createServer((socket) => {
    const address = plainAddress(socket.localAddress ?? '');
    dialled[address] = (dialled[address] ?? 0) + 1;
    socket.on('error', () => undefined);
    socket.once('data', (head) => answer(socket, head.toString('latin1')));
  });
  await new Promise<void>((resolve) => server.listen({ port: 80, host: '::', backlog: 4_096 }, resolve));
  return {
    /** Waits for the connections there are. */
    dialled: (): Promise<Heard['dialled']> => new Promise((resolve) => server.close(() => resolve(dialled))),
  };
};
