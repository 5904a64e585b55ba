import type { Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import { codeOf } from './error-code.ts';
import { type Exchange, type ExchangeRequest, maxHeadBytes, type Recorder, recorder, valuesOf } from './http-answer.ts';
import { headersOf } from './question.ts';
import { type Tap, tapOn } from './tap.ts';

/** Names of our own for what undici only says in words, so that a code means one thing. */
const faultOf = (error: Error, record: Recorder, tap: Tap): string => {
  const code = codeOf(error, 'INVALID_HTTP');
  const headed = record.isHeaded();
  switch (code) {
    case 'UND_ERR_HEADERS_OVERFLOW':
      return 'HEADERS_TOO_LARGE';
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return headed ? 'CUT_BODY' : 'INVALID_HTTP';
    case 'HPE_INVALID_EOF_STATE':
      return headed ? 'CUT_BODY' : 'CUT_HEAD';
    case 'UND_ERR_SOCKET':
      if (error.message === 'bad upgrade') return 'UNEXPECTED_UPGRADE';
      if (error.message === 'bad response') return 'UNEXPECTED_ANSWER';
      return headed ? 'CUT_BODY' : tap.bytes() > 0 ? 'CUT_HEAD' : 'EMPTY_ANSWER';
    case 'ERR_ASSERTION':
      return 'INVALID_HTTP';
    default:
      return code;
  }
};

/** Our own ending of an exchange, no fault of the answer; made once, because each would cost a trace of the stack. */
const ending = new Error('the exchange is over');
const gone = (): Error => Object.assign(new Error('the connection is gone'), { code: 'UNEXPECTED_ANSWER' });

const excessOf = (tap: Tap, length: number | null): number =>
  length === null || tap.headBytes() === null ? 0 : Math.max(0, tap.bytes() - (tap.headBytes() ?? 0) - length);

type Heard = Readonly<{ handler: Dispatcher.DispatchHandler; socketFailed: (error: Error) => void }>;
/** Turns undici's calls into the recorder's. */
const listen = (request: ExchangeRequest, record: Recorder, tap: Tap): Heard => {
  let begun = false;
  let length: number | null = null;
  let socketError: Error | null = null;
  const failed = (error: Error): void => record.end(faultOf(error, record, tap), { words: error.message });
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: () => undefined,
    onRequestSent: request.onSent,
    onResponseStarted: () => {
      if (!begun) request.onFirstByte();
      begun = true;
    },
    onResponseStart: (controller, status, _headers, reason) => {
      if (status < 200) return tap.interim(); // the real answer is still to come
      const { rawHeaders } = controller as unknown as { rawHeaders: readonly Buffer[] }; // HTTP/1: name, value, name …
      const head = { status, reason: reason ?? '', version: tap.version(), rawHeaders };
      const declared = valuesOf(head, 'content-length')[0];
      length = declared === undefined || request.question.method === 'HEAD' ? null : Number(declared);
      if (record.head(head) === 'enough') controller.abort(ending);
    },
    onResponseData: (controller, chunk) => {
      if (record.data(chunk) === 'enough') controller.abort(ending);
    },
    // A body without a length ends with its connection; when that was reset, the body was cut.
    onResponseEnd: () =>
      socketError === null ? record.end(null, { excess: excessOf(tap, length) }) : failed(socketError),
    onResponseError: (_controller, error) => failed(error),
  };
  return { handler, socketFailed: (error) => (socketError ??= error) };
};

/** One HTTP/1 request and its answer over a connected socket, which is closed at the end. Never throws; aborts with the signal. */
export const exchange1 = (socket: Socket, request: ExchangeRequest, signal: AbortSignal): Promise<Exchange> =>
  new Promise((resolve) => {
    let handedOver = false;
    const tap = tapOn(socket);
    const client = new Client(request.url.origin, {
      connect: (_options, callback) => {
        // undici dials again when a connection dies before its request went out; there is only this one.
        if (handedOver) return queueMicrotask(() => callback(gone(), null));
        handedOver = true;
        queueMicrotask(() => callback(null, socket)); // undici is deaf to an answer in the same turn
      },
      allowH2: false,
      maxHeaderSize: maxHeadBytes,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const abort = (): void => record.end('ABORTED');
    const record = recorder(request, (result) => {
      signal.removeEventListener('abort', abort);
      resolve(result);
      socket.destroy(); // before undici does, with an error whose stack would be written out
      void client.destroy(ending).catch(() => undefined);
    });
    const { handler, socketFailed } = listen(request, record, tap);
    socket.on('error', socketFailed);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    const { url, question } = request;
    const headers = headersOf(question, request);
    client.dispatch(
      { path: url.pathname + url.search, method: question.method, headers, body: question.body, reset: true },
      handler,
    );
  });
