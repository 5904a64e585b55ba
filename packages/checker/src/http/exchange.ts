import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { HttpVersionWanted } from '@farwatch/domain';
import type { Exchange, ExchangeRequest } from './http-answer.ts';
import { exchange1 } from './http1.ts';
import { exchange2 } from './http2.ts';

const nothing = { head: null, body: Buffer.alloc(0), bytes: 0, capped: false, excess: 0, words: null };

/** One request and its answer over a connected socket, in the HTTP that was agreed on, or known beforehand. Never throws. */
export const exchange = async (
  socket: Socket,
  request: ExchangeRequest & Readonly<{ http: HttpVersionWanted }>,
  signal: AbortSignal,
): Promise<Exchange> => {
  const agreed = socket instanceof TLSSocket ? socket.alpnProtocol : null;
  if (agreed === 'h2' || (agreed === null && request.http === '2')) return exchange2(socket, request, signal);
  if (request.http !== '2') return exchange1(socket, request, signal);
  socket.destroy();
  return { ...nothing, fault: 'HTTP2_NOT_OFFERED' };
};
