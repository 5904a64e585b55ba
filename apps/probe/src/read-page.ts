import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Dispatcher, request } from 'undici';

/** So much of a page is read, unzipped: parsing more would keep the looks of this process waiting. */
export const mostPageBytes = 1_024 * 1_024;
const mostRedirects = 5;

export type PageText = Readonly<{ ok: true; url: string; text: string; cut: boolean } | { ok: false; reason: string }>;

/** Up to so many bytes of a stream, and whether there were more. What is left is not taken. */
const upTo = async (
  most: number,
  chunks: AsyncIterable<Buffer>,
): Promise<Readonly<{ bytes: Buffer; cut: boolean }>> => {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    kept.push(chunk);
    size += chunk.length;
    if (size > most) break;
  }
  return { bytes: Buffer.concat(kept).subarray(0, most), cut: size > most };
};

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** What was cut off stays cut off: the bytes that could be unzipped are as good as the whole file's first ones. */
async function* unzipped(bytes: Buffer): AsyncGenerator<Buffer> {
  const stream = Readable.from([bytes]).pipe(createGunzip({ finishFlush: 2 })); // Z_SYNC_FLUSH: the end may be missing
  yield* stream;
}

const readBody = async (body: AsyncIterable<Buffer>): Promise<Readonly<{ text: string; cut: boolean }>> => {
  const raw = await upTo(mostPageBytes, body);
  if (!isGzip(raw.bytes)) return { text: raw.bytes.toString('utf8'), cut: raw.cut };
  const read = await upTo(mostPageBytes, unzipped(raw.bytes));
  return { text: read.bytes.toString('utf8'), cut: raw.cut || read.cut };
};

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);
const wordsOf = (error: unknown): string => {
  const { name, code, message } = error as { name?: string; code?: string; message?: string }; // anything may be thrown: each is asked for
  if (name === 'TimeoutError' || name === 'AbortError') return 'it took too long';
  return code ?? message ?? 'it could not be reached';
};

type Reading = Readonly<{ dispatcher: Dispatcher; userAgent: string; signal: AbortSignal }>;

const follow = async (url: string, reading: Reading, left: number): Promise<PageText> => {
  const { dispatcher, userAgent, signal } = reading;
  const headers = {
    'user-agent': userAgent,
    'accept-encoding': 'identity',
    accept: 'application/xml,text/xml,text/plain,*/*;q=0.1',
  };
  const { statusCode, headers: answered, body } = await request(url, { dispatcher, signal, headers });
  body.on('error', () => undefined); // one that is not read to its end says so, to nobody
  if (isRedirect(statusCode)) {
    body.destroy();
    const { location } = answered;
    if (typeof location !== 'string' || !URL.canParse(location, url))
      return { ok: false, reason: `${url} redirects to nowhere` };
    const next = new URL(location, url);
    if (left === 0 || !/^https?:$/u.test(next.protocol)) return { ok: false, reason: `${url} redirects too often` };
    return follow(next.href, reading, left - 1);
  }
  if (statusCode !== 200) {
    body.destroy();
    return { ok: false, reason: `${url} answered ${statusCode}` };
  }
  const read = await readBody(body).finally(() => body.destroy());
  return { ok: true, url, ...read };
};

/** Reads the text at a URL, unzipped when it is gzip. Redirects are dialled under the same guard. Never rejects. */
export const readPage = async (url: string, reading: Reading): Promise<PageText> => {
  try {
    return await follow(url, reading, mostRedirects);
  } catch (error) {
    return { ok: false, reason: `${url}: ${wordsOf(error)}` };
  }
};
