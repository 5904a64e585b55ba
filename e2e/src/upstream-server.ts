import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

// The process behind nginx. It writes its own clock to a file: when it began to listen, and every few milliseconds
// that it is still there. What the file says last is the truth about when it died.

const [port = '0', clockFile = ''] = process.argv.slice(2);
const tickMs = 10;

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><title>Shop</title><h1>Open for business</h1>');
});
server.listen(Number(port), '127.0.0.1', () => {
  const listeningAt = Date.now();
  // Renamed into place: whoever reads, and however we die, the file is whole.
  const write = (): void => {
    writeFileSync(`${clockFile}.new`, JSON.stringify({ listeningAt, aliveAt: Date.now() }));
    renameSync(`${clockFile}.new`, clockFile);
  };
  write();
  setInterval(write, tickMs);
  process.send?.('ready');
});
process.on('disconnect', () => process.exit(0));
