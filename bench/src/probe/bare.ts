import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext } from 'node:tls';
import { type Saturation, saturate } from './saturate.ts';

// A process of its own: the least that Node needs for a fresh check. It reads the answer to its end and understands nothing.
const secureContext = createSecureContext();

const questionOf = ({ host }: URL): string =>
  `GET / HTTP/1.1\r\nhost: ${host}\r\naccept: */*\r\naccept-encoding: identity\r\nuser-agent: bench\r\nconnection: close\r\n\r\n`;

const open = (url: URL, whenOpen: (socket: Socket) => void): Socket => {
  const place = { host: url.hostname, port: Number(url.port), family: 4, noDelay: true, autoSelectFamily: false };
  if (url.protocol === 'http:') {
    const socket = connectPlain(place, () => whenOpen(socket));
    return socket;
  }
  const socket = connectTls({ ...place, secureContext }, () => whenOpen(socket));
  return socket;
};

/** True when an answer came and was more than a head. */
const ask = (url: URL, question: string): Promise<boolean> =>
  new Promise((resolve) => {
    let bytes = 0;
    const socket = open(url, (opened) => opened.write(question));
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.once('end', () => {
      socket.destroy();
      resolve(bytes > 1_000);
    });
    socket.once('error', () => resolve(false));
  });

process.on('message', (saturation: Saturation) => {
  const url = new URL(saturation.url);
  const question = questionOf(url);
  saturate(saturation, () => ask(url, question)).then(
    (spent) => process.send?.(spent),
    () => process.exit(1),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
