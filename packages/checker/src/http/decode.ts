import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { maxBodyBytes } from './http-answer.ts';

export type Coding = 'gzip' | 'deflate' | 'br' | 'zstd';
/** `bytes` up to the cap of a body, even where more would follow. */
export type Decoded = Readonly<{
  bytes: Buffer;
  capped: boolean;
  fault: 'CUT' | 'CORRUPT' | null;
  words: string | null;
}>;

const names: Readonly<Record<string, Coding>> = {
  ...{ gzip: 'gzip', 'x-gzip': 'gzip', deflate: 'deflate', br: 'br', zstd: 'zstd' },
};
/** The coding that a name of Content-Encoding stands for (RFC 9110, section 8.4.1); null for one that nobody knows. */
export const codingOf = (name: string): Coding | null => names[name.trim().toLowerCase()] ?? null;

/** RFC 1950 or, as some servers have it, the bare stream of RFC 1951. */
const hasZlibHead = (body: Buffer): boolean =>
  ((body[0] ?? 0) & 0x0f) === 8 && (((body[0] ?? 0) << 8) | (body[1] ?? 0)) % 31 === 0;

const chunkSize = 64 * 1_024;
/** A window as browsers allow it (RFC 9659: 8 MiB): a bigger one is a way to take memory. */
const zstdWindow = { [constants.ZSTD_d_windowLogMax]: 23 };
const open = (coding: Coding, body: Buffer) => {
  switch (coding) {
    case 'gzip':
      return createGunzip({ chunkSize });
    case 'deflate':
      return hasZlibHead(body) ? createInflate({ chunkSize }) : createInflateRaw({ chunkSize });
    case 'br':
      return createBrotliDecompress({ chunkSize });
    case 'zstd':
      return createZstdDecompress({ chunkSize, params: zstdWindow });
  }
};

const cutCodes: ReadonlySet<string> = new Set(['Z_BUF_ERROR', 'ERR__ERROR_UNREACHABLE']);
const faultOf = (error: unknown): 'CUT' | 'CORRUPT' => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = error instanceof Error ? error.message : '';
  return cutCodes.has(code) || /unexpected end/iu.test(words) ? 'CUT' : 'CORRUPT';
};

type Stream = ReturnType<typeof open>;
const run = async (stream: Stream, body: Buffer): Promise<Decoded> => {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.end(body);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= maxBodyBytes) break; // ends the stream too
    }
    const capped = length >= maxBodyBytes;
    return { bytes: Buffer.concat(chunks).subarray(0, maxBodyBytes), capped, fault: null, words: null };
  } catch (error) {
    const words = error instanceof Error ? error.message : null;
    return { bytes: Buffer.concat(chunks), capped: false, fault: faultOf(error), words };
  } finally {
    stream.destroy();
  }
};

const zeroEnd = (body: Buffer, from: number): number => {
  const at = body.indexOf(0, from);
  return at === -1 ? body.length : at + 1;
};
/** Where the stream of RFC 1951 begins in a gzip file (RFC 1952, section 2.3). */
const afterGzipHead = (body: Buffer): number => {
  const flags = body[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (body[at] ?? 0) + ((body[at + 1] ?? 0) << 8);
  if (flags & 8) at = zeroEnd(body, at);
  if (flags & 16) at = zeroEnd(body, at);
  return flags & 2 ? at + 2 : at;
};

export const hasMagic = (coding: 'gzip' | 'zstd', body: Buffer): boolean =>
  coding === 'gzip' ? body[0] === 0x1f && body[1] === 0x8b : body.length > 3 && body.readUInt32LE(0) === 0xfd2fb528;

/** Undoes one coding, at most up to the cap: what would become 10 GiB costs as much as one mebibyte. Never throws. */
export const decode = async (coding: Coding, body: Buffer): Promise<Decoded> => {
  const decoded = await run(open(coding, body), body);
  if (decoded.fault !== 'CORRUPT' || decoded.words !== 'incorrect header check' || !hasMagic('gzip', body))
    return decoded;
  // Only what follows the end is wrong: a visitor's browser never looks at it.
  const stream = body.subarray(afterGzipHead(body));
  return run(createInflateRaw({ chunkSize }), stream);
};
