import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process of its own: many sites, one below each path, each up until told that it is down. What it says of when that was
// is what it did: the next answer already shows it.

const down = new Set<string>();

const server = createServer((request, response) => {
  request.resume();
  if (down.has(request.url ?? '')) response.writeHead(502).end('Bad Gateway');
  else response.writeHead(200).end('ok');
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // it listens on TCP
  process.send?.({ port });
});
process.on('message', ({ path, isDown }: { path: string; isDown: boolean }) => {
  if (isDown) down.add(path);
  else down.delete(path);
  process.send?.({ path, at: Date.now() });
});
process.once('disconnect', () => process.exit(0));
