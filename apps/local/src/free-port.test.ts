import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { claimPort, freePort } from './free-port.ts';

test('a port that is picked is none that the system lends to outgoing connections, and somebody can listen on it', async () => {
  const ports = await Promise.all([freePort(), claimPort('127.0.0.1', 0), claimPort('0.0.0.0', 0)]);
  for (const port of ports) {
    expect(port).toBeGreaterThanOrEqual(10_000);
    expect(port).toBeLessThan(32_768);
    await using server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  }
});

test('an address that is not of this machine is told at once', async () => {
  await expect(claimPort('192.0.2.1', 0)).rejects.toThrow(/FARWATCH_HOST "192\.0\.2\.1"/);
});
