import type { ServerResponse } from 'node:http';
import { startTarget } from '@farwatch/testkit';

// A process of its own: bodies that never end. `/endless` is as fast as it is read, `/drip` a byte a second.
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

const target = await startTarget(({ url }, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  if (url === '/endless') pour(response);
  else drip(response);
});
process.on('message', () => process.send?.({ url: target.url }));
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
