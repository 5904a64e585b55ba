import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';

/** Addresses of both families (those of the family asked for are sent), a refusal, or nothing at all. */
export type NameAnswer = readonly string[] | 'NXDOMAIN' | 'SERVFAIL' | 'silence';
/** A real DNS server over UDP. `server` is its address as resolvers take it (`127.0.0.1:5353`). */
export type NameServer = AsyncDisposable & Readonly<{ server: string; asked: () => readonly string[] }>;

const codes = { NXDOMAIN: 3, SERVFAIL: 2 } as const;
const types: Readonly<Record<number, 4 | 6>> = { 1: 4, 28: 6 };

const readName = (query: Buffer): { name: string; end: number } => {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
};

const rawAddress = (address: string): Buffer => {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1); // `::ffff:127.0.0.1` in groups
  const [head = '', tail] = written.split('::');
  const groups = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const left = groups(head);
  const right = groups(tail ?? '');
  const parts = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill(0), ...right];
  return Buffer.from(parts.flatMap((part: number) => [part >> 8, part & 255]));
};

const reply = (query: Buffer, end: number, answer: Exclude<NameAnswer, 'silence'>): Buffer => {
  const type = query.readUInt16BE(end);
  const addresses = typeof answer === 'string' ? [] : answer.filter((address) => isIP(address) === types[type]);
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180 | (typeof answer === 'string' ? codes[answer] : 0), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(addresses.length, 6);
  const records = addresses.map((address) => {
    const data = rawAddress(address);
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0); // the name: the question's
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([head, query.subarray(12, end + 4), ...records]);
};

/** Answers A and AAAA questions as told; the TTL is 0, so a name can change between two looks. */
export const startNameServer = async (
  answerOf: (name: string, family: 4 | 6 | undefined) => NameAnswer,
): Promise<NameServer> => {
  const socket: Socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query, from) => {
    const { name, end } = readName(query);
    asked.push(name);
    const answer = answerOf(name, types[query.readUInt16BE(end)]);
    if (answer !== 'silence') socket.send(reply(query, end, answer), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    server: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  };
};
