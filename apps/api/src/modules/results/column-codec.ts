// Columns of whole numbers as bytes that compress well. Pure; the compression itself is the caller's.

const planes = 4;
const zigzag = (n: number): number => ((n << 1) ^ (n >> 31)) >>> 0;
const unzigzag = (n: number): number => (n >>> 1) ^ -(n & 1);

/**
 * The differences of each number to the one before, the first to 0, as four planes of bytes: all lowest bytes first, all
 * highest last. Numbers are taken modulo 2^32.
 */
export const writeColumn = (values: readonly number[], into: Uint8Array, offset: number): number => {
  const count = values.length;
  let before = 0;
  for (let i = 0; i < count; i++) {
    const value = (values[i] ?? 0) | 0;
    const coded = zigzag((value - before) | 0);
    before = value;
    for (let plane = 0; plane < planes; plane++) into[offset + plane * count + i] = coded >>> (8 * plane);
  }
  return offset + planes * count;
};

/** The numbers, as signed 32-bit ones. */
export const readColumn = (from: Uint8Array, offset: number, count: number): Int32Array => {
  const values = new Int32Array(count);
  let before = 0;
  for (let i = 0; i < count; i++) {
    let coded = 0;
    for (let plane = 0; plane < planes; plane++) coded |= (from[offset + plane * count + i] ?? 0) << (8 * plane);
    before = (before + unzigzag(coded >>> 0)) | 0;
    values[i] = before;
  }
  return values;
};

export const columnBytes = (count: number): number => planes * count;
