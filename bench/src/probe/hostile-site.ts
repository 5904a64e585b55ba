import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process of its own: sites with bodies that never end. `/endless` is as fast as it is read, `/drip` a byte a second.
/** Each site has an address: a probe is careful with many looks at one. */
export type SitesWanted = Readonly<{ sites: number }>;
export type SitesThere = Readonly<{ urls: readonly string[] }>;

const chunk = Buffer.alloc(16_384, 'x');

const pour = (response: ServerResponse): void => {
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
};
const drip = (response: ServerResponse): void => {
  const timer = setInterval(() => response.write('x'), 1_000);
  response.once('close', () => clearInterval(timer));
};

const open = (address: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const server = createServer(({ url }, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      if (url === '/endless') pour(response);
      else drip(response);
    });
    server.once('error', reject);
    server.listen(0, address, () => {
      const { port } = server.address() as AddressInfo; // a TCP server that listens has one
      resolve(`http://${address}:${port}`);
    });
  });

process.on('message', ({ sites }: SitesWanted) => {
  Promise.all(Array.from({ length: sites }, (_, n) => open(`127.0.1.${n + 1}`))).then(
    (urls) => process.send?.({ urls }),
    () => process.exit(1),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
