import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { Socket } from 'node:net';
import { codeOf } from '../dial/error-code.ts';
import { type Exchange, type ExchangeRequest, recorder } from './http-answer.ts';
import { openReader } from './http1-reader.ts';
import { headersOf } from './question.ts';

const hasBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

const headerText = (name: string, value: string): string => {
  validateHeaderName(name);
  validateHeaderValue(name, value);
  return `${name}: ${value}\r\n`;
};

/** @throws Error of Node's when a header could be read as more than one */
const requestText = (request: ExchangeRequest): string => {
  const { url, question, host } = request;
  const { method, body } = question;
  const length = body === null ? (hasBody.has(method) ? 0 : null) : Buffer.byteLength(body);
  let text = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n`;
  text += host ? headerText('host', host) : `host: ${url.host}\r\n`;
  text += 'connection: close\r\n';
  const headers = headersOf(question, request);
  for (const name in headers) text += headerText(name, headers[name] ?? '');
  return length === null ? `${text}\r\n` : `${text}content-length: ${length}\r\n\r\n`;
};

/** Node's errors have words for people; a header's value is none of their business. */
const asFault = (error: Error): Readonly<{ code: string; words: string }> => ({
  code: codeOf(error, 'CONNECTION_FAILED'),
  words: error.message.slice(0, 200),
});

/** So long a server that was told to close gets to do so. */
const lingerMs = 500;

/**
 * Lets the server close first, as it was asked to: then the connection's last wait (TIME-WAIT, a minute) is its own, and no
 * port of this machine's. One that doesn't, or sends more, is left.
 */
const letClose = (socket: Socket): void => {
  const timer = setTimeout(() => socket.destroy(), lingerMs).unref();
  socket.once('data', () => socket.destroy());
  socket.once('end', () => socket.destroy());
  socket.once('close', () => clearTimeout(timer));
};

/** One HTTP/1.1 request and its answer over a connected socket, which is closed at the end. Never throws; aborts with the signal. */
export const exchange1 = (socket: Socket, request: ExchangeRequest, signal: AbortSignal): Promise<Exchange> =>
  new Promise((resolve, reject) => {
    let begun = false;
    const abort = (): void => record.end('ABORTED');
    let whole = false;
    const record = recorder(request, (result) => {
      signal.removeEventListener('abort', abort);
      if (whole && result.excess === 0 && !socket.readableEnded) letClose(socket);
      else socket.destroy();
      resolve(result);
    });
    const failed = ({ code, words }: Readonly<{ code: string; words: string }>): void => record.end(code, { words });
    const reader = openReader(request.question.method, {
      head: record.head,
      data: record.data,
      done: (excess) => {
        whole = true;
        record.end(null, { excess });
      },
      fault: failed,
    });
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    socket.on('data', (bytes: Buffer) => {
      if (!begun) request.onFirstByte();
      begun = true;
      try {
        reader.push(bytes);
      } catch (error) {
        socket.destroy();
        reject(error); // a bug here: no fault of the site's, and no reason to end the process
      }
    });
    socket.on('end', reader.end);
    // A body without a length ends with its connection; when that was reset, the body was cut.
    socket.on('error', (error) => failed(asFault(error)));
    socket.on('close', reader.end);
    try {
      socket.write(requestText(request), 'latin1', () => {
        if (!begun) request.onSent();
      });
      if (request.question.body !== null) socket.write(request.question.body);
    } catch (error) {
      failed({ code: 'INVALID_REQUEST', words: error instanceof Error ? error.message.slice(0, 200) : '' });
    }
  });
