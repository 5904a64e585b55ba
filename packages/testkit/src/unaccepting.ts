import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';

// A worker that listens and then never runs again: the kernel keeps a few connections for it, and lets every further
// one wait for an answer to its first packet.
const listener = `
const { createServer } = require('node:net');
const { parentPort } = require('node:worker_threads');
const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** A port of 127.0.0.1 where a connection is neither refused nor ever made. */
export const startUnaccepting = async (): Promise<AsyncDisposable & Readonly<{ port: number }>> => {
  const worker = new Worker(listener, { eval: true });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const fillers = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  // Two fit into the kernel's queue; once they are in, it is full.
  await Promise.all(fillers.slice(0, 2).map((socket) => once(socket, 'connect')));
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of fillers) socket.destroy();
      await worker.terminate();
    },
  };
};
