import { randomUUIDv7 } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { problem, problemDocument } from './problems.ts';

const sane = /^[A-Za-z0-9._:/+=-]{1,128}$/u;

/** The caller's X-Request-Id when it is harmless, else one of ours. */
export const requestId = ({ headers }: Pick<IncomingMessage, 'headers'>): string => {
  const given = headers['x-request-id'];
  return typeof given === 'string' && sane.test(given) ? given : randomUUIDv7();
};

type ParserError = Error & Readonly<{ code?: string }>;
const parserProblem = ({ code }: ParserError) => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return problem(431, 'headers-too-large', 'The headers are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return problem(408, 'request-timeout', 'The request took too long to arrive.');
    default:
      return problem(400, 'malformed-request', 'This is not an HTTP request.');
  }
};

/** What isn't even HTTP never reaches a route: it is answered on the bare socket and the line is closed. */
export const answerUnreadable = (error: ParserError, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const fault = parserProblem(error);
  const body = JSON.stringify(problemDocument(fault, randomUUIDv7()));
  const head = [
    `HTTP/1.1 ${fault.status} ${fault.status === 400 ? 'Bad Request' : 'Request Refused'}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};

/** Headers that every answer carries. A route that may be cached sets its own Cache-Control. */
export const answers = fp(async (app: FastifyInstance) => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onSend', async (_request, reply, payload) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    return payload;
  });
});
