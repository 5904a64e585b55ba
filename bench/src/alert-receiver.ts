import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process of its own, so that it takes no time from the bench: it answers 200 at once, below /hang it never does, and
// it notes which call came when.

export type Receipt = Readonly<{ id: string; path: string; at: number }>;

let receipts: Receipt[] = [];

const server = createServer((request, response) => {
  const { url: path = '', headers } = request;
  receipts.push({ id: String(headers['webhook-id']), path, at: Date.now() });
  request.resume();
  if (!path.startsWith('/hang')) response.writeHead(200).end();
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // it listens on TCP
  process.send?.({ port });
});
/** Asked for anything, it answers what came since it was asked last. */
process.on('message', () => {
  process.send?.({ receipts });
  receipts = [];
});
process.once('disconnect', () => process.exit(0));
