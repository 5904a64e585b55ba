import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import type { Socket } from 'node:net';
import { codeOf } from '../dial/error-code.ts';
import {
  type Exchange,
  type ExchangeRequest,
  type Head,
  type Header,
  maxHeadBytes,
  type Recorder,
  recorder,
  valuesOf,
} from './http-answer.ts';
import { decodedValue } from './http1-head.ts';
import { headersOf } from './question.ts';

const mostHeaders = 2_000;
/** So much may come before anybody has said that it was read: a body's cap and what is on its way. */
const windowBytes = 1_024 * 1_024;

const pairsOf = (raw: readonly string[]): readonly Header[] => {
  const pairs: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = raw[i] ?? '';
    if (!name.startsWith(':')) pairs.push([name, decodedValue(raw[i + 1] ?? '')]);
  }
  return pairs;
};

/** RFC 9113, section 7, by number. */
const resets = [
  ...['NO_ERROR', 'PROTOCOL_ERROR', 'INTERNAL_ERROR', 'FLOW_CONTROL_ERROR', 'SETTINGS_TIMEOUT', 'STREAM_CLOSED'],
  ...['FRAME_SIZE_ERROR', 'REFUSED_STREAM', 'CANCEL', 'COMPRESSION_ERROR', 'CONNECT_ERROR', 'ENHANCE_YOUR_CALM'],
  ...['INADEQUATE_SECURITY', 'HTTP_1_1_REQUIRED'],
];
const resetCode = (number: number): string => `HTTP2_${resets[number] ?? `RESET_${number}`}`;

type Ends = Readonly<{ session: ClientHttp2Session; stream: ClientHttp2Stream }>;
const faultOf = (error: Error, { stream }: Partial<Ends>): string => {
  const code = codeOf(error, 'INVALID_HTTP');
  if (code === 'ERR_HTTP2_STREAM_ERROR') return resetCode(stream?.rstCode ?? 0);
  return code === 'ERR_HTTP2_ERROR' ? 'INVALID_HTTP' : code;
};

const pseudo = ({ url, question, host }: ExchangeRequest): Record<string, string> => ({
  ':method': question.method,
  ':scheme': url.protocol.slice(0, -1),
  ':authority': host ?? url.host,
  ':path': url.pathname + url.search,
});

/** Whether what was declared came: HTTP/2 leaves that to whoever reads (RFC 9113, section 8.1.1). */
const lengthFault = (head: Head, bytes: number, method: string): string | null => {
  const declared = valuesOf(head, 'content-length')[0];
  if (declared === undefined || method === 'HEAD' || head.status === 204 || head.status === 304) return null;
  return bytes === Number(declared) ? null : 'CUT_BODY';
};

/** As RFC 9113, section 6.5.2, counts them; the limit that we announce binds nobody. */
const sizeOf = (headers: readonly Header[]): number =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length + 32, 0);

/** Whether the answer was ended (END_STREAM), and not only its stream: Node reports the end of either as the end of the data. */
const watchEnd = (stream: ClientHttp2Stream): (() => boolean) => {
  const push = stream.push.bind(stream);
  let ended = false;
  stream.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (chunk === null && !stream.closed) ended = true;
    return push(chunk, encoding);
  };
  return () => ended || stream.endAfterHeaders;
};

const listen = (stream: ClientHttp2Stream, request: ExchangeRequest, record: Recorder, failed: (e: Error) => void) => {
  let head: Head | null = null;
  let bytes = 0;
  const isEnded = watchEnd(stream);
  stream.on('response', (headers, _flags, raw: readonly string[] = []) => {
    request.onFirstByte();
    head = { status: headers[':status'] ?? 0, reason: '', version: '2', headers: pairsOf(raw) };
    if (sizeOf(head.headers) > maxHeadBytes) {
      record.end('HEADERS_TOO_LARGE', { words: 'the head is longer than 64 KiB' });
      return;
    }
    if (record.head(head) === 'enough') stream.close();
  });
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (record.data(chunk) === 'enough') stream.close();
  });
  stream.on('end', () => {
    if (head === null || !isEnded()) return; // its close says more
    record.end(lengthFault(head, bytes, request.question.method));
  });
  stream.on('error', failed);
  stream.on('close', () =>
    record.end(stream.rstCode === 0 ? (head ? 'CUT_BODY' : 'EMPTY_ANSWER') : resetCode(stream.rstCode)),
  );
};

/** One HTTP/2 request and its answer over a connected socket, which is closed at the end. Never throws; aborts with the signal. */
export const exchange2 = (socket: Socket, request: ExchangeRequest, signal: AbortSignal): Promise<Exchange> =>
  new Promise((resolve) => {
    const ends: { session?: ClientHttp2Session; stream?: ClientHttp2Stream } = {};
    const abort = (): void => record.end('ABORTED');
    const record = recorder(request, (result) => {
      signal.removeEventListener('abort', abort);
      resolve(result);
      ends.session?.destroy();
      socket.destroy();
    });
    const failed = (error: Error): void => record.end(faultOf(error, ends), { words: error.message });
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const session = connect(request.url.origin, {
        createConnection: () => socket,
        settings: { enablePush: false, initialWindowSize: windowBytes, maxHeaderListSize: maxHeadBytes },
        maxHeaderListPairs: mostHeaders,
      });
      ends.session = session;
      session.on('error', failed);
      session.on('goaway', (code) => {
        if (code !== constants.NGHTTP2_NO_ERROR) record.end(resetCode(code));
      });
      session.on('close', () => record.end(record.isHeaded() ? 'CUT_BODY' : 'EMPTY_ANSWER'));
      const { body } = request.question;
      const headers = { ...pseudo(request), ...headersOf(request.question, request) };
      const stream = session.request(headers, { endStream: body === null });
      ends.stream = stream;
      listen(stream, request, record, failed);
      if (body !== null) stream.end(body);
      request.onSent();
    } catch (error) {
      failed(error instanceof Error ? error : new Error(String(error)));
    }
  });
