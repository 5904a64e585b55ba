import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ProblemError, problem } from '../../plugins/problems.ts';

const textTypes = ['text/plain', 'application/octet-stream'];

const wrongType = (): ProblemError =>
  problem(
    415,
    'unsupported-media-type',
    `Send the text itself, as ${textTypes.join(' or ')}, if you like with Content-Encoding: gzip.`,
  );
const tooLarge = (most: number): ProblemError =>
  problem(413, 'body-too-large', `A log may have ${most / 1_048_576} MB. Send the part around the incident.`);

/** The body of these routes is text as it streams in. What tells two requests of one Idempotency-Key apart is its length. */
export const useTextStreams = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(textTypes, async (request: FastifyRequest, payload: unknown) => {
    const { 'content-length': length = 'unknown', 'content-encoding': coding = 'identity' } = request.headers;
    request.rawBody = `${length} bytes of text, ${coding}`;
    return payload;
  });
  app.addContentTypeParser('*', async () => {
    throw wrongType();
  });
};

const codings: Readonly<Record<string, 'none' | 'gzip'>> = { identity: 'none', gzip: 'gzip', 'x-gzip': 'gzip' };
const codingOf = ({ headers }: FastifyRequest): 'none' | 'gzip' => {
  const coding = codings[(headers['content-encoding'] ?? 'identity').trim().toLowerCase()];
  if (coding === undefined)
    throw problem(415, 'unsupported-content-encoding', 'A text may be sent as it is or as gzip.');
  return coding;
};

/**
 * Counts what goes by. Leaving off keeps the line open: Node throws away what still comes until the request's time is
 * up, because whoever is hung up on while sending never sees the answer.
 */
async function* bounded(source: Readable, most: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source.iterator({ destroyOnReturn: false })) {
    const piece: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += piece.length;
    if (bytes > most) throw tooLarge(most);
    yield piece;
  }
}

const gunzipped = (source: AsyncGenerator<Buffer>): Readable => {
  const gunzip = createGunzip();
  const packed = Readable.from(source);
  packed.once('error', (error) => gunzip.destroy(error));
  return packed.pipe(gunzip);
};

const asProblem = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) return problem(400, 'malformed-gzip', 'The body is not the gzip that it claims to be.');
  if (code === 'ECONNRESET' || code === 'ABORT_ERR')
    return problem(400, 'upload-aborted', 'The body has ended before it was whole.');
  return error;
};

type Take = Readonly<{ most: number; push: (text: string) => void }>;

/**
 * Hands on the body's text piece by piece as it comes in, and answers its bytes once decoded: never more than a piece is
 * held. Throws 413 beyond `most` bytes (packed ones too), 415 for another coding, 400 for a broken one.
 */
export const receiveText = async (request: FastifyRequest, { most, push }: Take): Promise<number> => {
  const { body } = request;
  if (!(body instanceof Readable)) return 0; // nothing was sent
  const declared = Number(request.headers['content-length'] ?? 0);
  try {
    const coding = codingOf(request);
    if (declared > most) throw tooLarge(most);
    const plain = bounded(body, most);
    const text = coding === 'gzip' ? bounded(gunzipped(plain), most) : plain;
    const decoder = new TextDecoder();
    let bytes = 0;
    for await (const piece of text) {
      bytes += piece.length;
      push(decoder.decode(piece, { stream: true }));
    }
    push(decoder.decode());
    return bytes;
  } catch (error) {
    throw asProblem(error);
  }
};
