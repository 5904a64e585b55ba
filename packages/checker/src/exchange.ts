import type { Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import { codeOf } from './error-code.ts';
import { headersOf, type Question } from './question.ts';

/** First byte of the answer seen, the head complete, or neither. */
type Progress = 'silent' | 'started' | 'headed';

export type Head = Readonly<{
  status: number;
  reason: string;
  /** Name and value in turn, as they came. */
  rawHeaders: readonly Buffer[];
}>;
export type Exchange = Readonly<{
  head: Head | null;
  /** The first 64 KiB of the body as they came, or all of it up to the cap. */
  body: readonly Buffer[];
  bytes: number;
  /** The body went on beyond what was kept, or beyond the cap. */
  truncated: boolean;
  /** Why the answer is not whole; null when it is (or when its body reached the cap). `ABORTED` when the signal did it. */
  fault: string | null;
}>;

export type ExchangeRequest = Readonly<{
  url: URL;
  question: Question;
  userAgent: string;
  /** Keep the body up to its cap, not only as much as evidence holds. */
  keepWhole: boolean;
  /** True lets the body go: nobody needs it (a redirect that is followed). */
  skipBody: (head: Head) => boolean;
  onFirstByte: () => void;
}>;

const maxHeadBytes = 64 * 1_024;
const maxBodyBytes = 1_024 * 1_024;
/** As much of a body as evidence holds. */
export const evidenceBytes = 64 * 1_024;

/** Names of our own for what undici only says in words, so that a code means one thing. */
const faultOf = (error: Error, progress: Progress): string => {
  const code = codeOf(error, 'INVALID_HTTP');
  switch (code) {
    case 'UND_ERR_HEADERS_OVERFLOW':
      return 'HEADERS_TOO_LARGE';
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return progress === 'headed' ? 'CUT_BODY' : 'INVALID_HTTP';
    case 'HPE_INVALID_EOF_STATE':
      return progress === 'headed' ? 'CUT_BODY' : 'CUT_HEAD';
    case 'UND_ERR_SOCKET':
      if (error.message === 'bad upgrade') return 'UNEXPECTED_UPGRADE';
      if (error.message === 'bad response') return 'UNEXPECTED_ANSWER';
      return progress === 'headed' ? 'CUT_BODY' : progress === 'started' ? 'CUT_HEAD' : 'EMPTY_ANSWER';
    case 'ERR_ASSERTION':
      return 'INVALID_HTTP';
    default:
      return code;
  }
};

class Ending extends Error {} // our own aborts: not faults of the answer

type Recorder = Readonly<{
  handler: Dispatcher.DispatchHandler;
  socketFailed: (error: Error) => void;
  end: (fault: string | null) => void;
}>;

/** Turns undici's calls into one `Exchange`; whatever happens, `settle` is called once. */
const recorder = (request: ExchangeRequest, settle: (exchange: Exchange) => void): Recorder => {
  const keepBytes = request.keepWhole ? maxBodyBytes : evidenceBytes;
  const body: Buffer[] = [];
  let head: Head | null = null;
  let bytes = 0;
  let progress: Progress = 'silent';
  let socketError: Error | null = null;
  let ended = false;

  const end = (fault: string | null): void => {
    if (ended) return;
    ended = true;
    settle({ head, body, bytes, truncated: bytes > evidenceBytes, fault });
  };
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: () => undefined,
    onResponseStarted: () => {
      if (progress === 'silent') request.onFirstByte();
      if (progress === 'silent') progress = 'started';
    },
    onResponseStart: (controller, status, _headers, reason) => {
      if (status < 200) return; // an interim answer; the real one is still to come
      progress = 'headed';
      const { rawHeaders } = controller as unknown as { rawHeaders: readonly Buffer[] }; // HTTP/1: name, value, name …
      head = { status, reason: reason ?? '', rawHeaders };
      if (!request.skipBody(head)) return;
      end(null);
      controller.abort(new Ending());
    },
    onResponseData: (controller, chunk) => {
      if (bytes < keepBytes) body.push(chunk.subarray(0, keepBytes - bytes));
      bytes += chunk.length;
      if (bytes < maxBodyBytes) return;
      end(null);
      controller.abort(new Ending());
    },
    // A body without a length ends with its connection; when that was reset, the body was cut.
    onResponseEnd: () => end(socketError === null ? null : faultOf(socketError, progress)),
    onResponseError: (_controller, error) => end(faultOf(error, progress)),
  };
  return { handler, socketFailed: (error) => (socketError ??= error), end };
};

const gone = (): Error => Object.assign(new Error('the connection is gone'), { code: 'UNEXPECTED_ANSWER' });

/** One request and its answer over a connected socket, which is closed at the end. Never throws; aborts with the signal. */
export const exchange = (socket: Socket, request: ExchangeRequest, signal: AbortSignal): Promise<Exchange> =>
  new Promise((resolve) => {
    let handedOver = false;
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
      void client.destroy(new Ending()).catch(() => undefined);
      socket.destroy();
    });
    socket.on('error', record.socketFailed);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    const { url, question, userAgent } = request;
    const { method, body } = question;
    const path = url.pathname + url.search;
    client.dispatch({ path, method, headers: headersOf(question, userAgent), body, reset: true }, record.handler);
  });
