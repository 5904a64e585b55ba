import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { columnBytes, readColumn, writeColumn } from './column-codec.ts';
import type { StoredResult } from './stored-result.ts';

// A run of one monitor's results as compressed columns: version, count and base moment, then one zstd frame of columns of
// numbers, sorted by place and moment, and the texts that numbers in them stand for. What is stored outlives the code:
// another layout gets another version.
/** Results of one run: enough for a good compression, few enough to unpack in a millisecond or two. */
export const runLength = 1_000;

const version = 1;
const headBytes = 13;
/** More than the largest run of results can need: a broken frame must not fill the memory. */
const maxBody = 64 * 1_048_576;

const orNull = (value: number | null): number => (value === null ? 0 : value + 1);
const nullOr = (value: number): number | null => (value === 0 ? null : (value >>> 0) - 1);
type Phases = Pick<StoredResult, 'dnsUs' | 'connectUs' | 'tlsUs' | 'firstByteUs' | 'downloadUs'>;
const sumOf = (r: Phases): number =>
  (r.dnsUs ?? 0) + (r.connectUs ?? 0) + (r.tlsUs ?? 0) + (r.firstByteUs ?? 0) + (r.downloadUs ?? 0);

/** Texts by their number; 0 is none. */
const dictionary = (none: string | null) => {
  const numbers = new Map<string, number>();
  return {
    numbers,
    numberOf: (text: string | null): number => {
      if (text === none || text === null) return 0;
      const known = numbers.get(text) ?? numbers.size + 1;
      numbers.set(text, known);
      return known;
    },
  };
};

/** Steps from one look of a place to its next: a steady interval is a row of equal numbers. */
const stepsOf = (sorted: readonly StoredResult[], base: number): readonly number[] =>
  sorted.map(({ scheduledAt, place }, i) => {
    const before = sorted[i - 1];
    return scheduledAt - (before?.place === place ? before.scheduledAt : base);
  });
const momentsOf = (steps: Int32Array, places: Int32Array, base: number): readonly number[] => {
  const moments: number[] = [];
  steps.forEach((step, i) => {
    moments.push(step + (i > 0 && places[i] === places[i - 1] ? (moments[i - 1] ?? base) : base));
  });
  return moments;
};

const byPlace = (a: StoredResult, b: StoredResult): number => a.place - b.place || a.scheduledAt - b.scheduledAt;
/** The order of the log. */
export const inLogOrder = (a: StoredResult, b: StoredResult): number =>
  a.scheduledAt - b.scheduledAt || a.place - b.place;

const bodyOf = (sorted: readonly StoredResult[], base: number): Buffer => {
  const addresses = dictionary(null);
  const rares = dictionary('');
  const columns = [
    sorted.map((r) => r.place),
    stepsOf(sorted, base),
    sorted.map((r) => r.kind),
    sorted.map((r) => r.delayMs),
    sorted.map((r) => r.totalUs - sumOf(r)),
    sorted.map((r) => orNull(r.dnsUs)),
    sorted.map((r) => orNull(r.connectUs)),
    sorted.map((r) => orNull(r.tlsUs)),
    sorted.map((r) => orNull(r.firstByteUs)),
    sorted.map((r) => orNull(r.downloadUs)),
    sorted.map((r) => orNull(r.bytes)),
    sorted.map((r) => orNull(r.status)),
    sorted.map((r) => addresses.numberOf(r.remoteAddress)),
    sorted.map((r) => rares.numberOf(r.rare)),
  ];
  const size = columnBytes(sorted.length);
  const numbers = new Uint8Array(columns.length * size);
  columns.forEach((column, i) => {
    writeColumn(column, numbers, i * size);
  });
  const texts = JSON.stringify([[...addresses.numbers.keys()], [...rares.numbers.keys()]]);
  return Buffer.concat([numbers, Buffer.from(texts)]);
};

/** Packs results of one monitor that lie within one day. */
export const pack = (results: readonly StoredResult[]): Buffer => {
  const sorted = results.toSorted(byPlace);
  const base = sorted.reduce((least, { scheduledAt }) => Math.min(least, scheduledAt), Number.POSITIVE_INFINITY);
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(version, 0);
  head.writeUInt32LE(sorted.length, 1);
  head.writeDoubleLE(sorted.length === 0 ? 0 : base, 5);
  return Buffer.concat([head, zstdCompressSync(bodyOf(sorted, base))]);
};

const column = (body: Buffer, count: number) => {
  let read = 0;
  return (): Int32Array => readColumn(body, columnBytes(count) * read++, count);
};

/** The results of a run, in the order of the log. */
export const unpack = (packed: Buffer): readonly StoredResult[] => {
  if (packed.readUInt8(0) !== version) throw new RangeError(`packed results of an unknown version ${packed[0]}`);
  const count = packed.readUInt32LE(1);
  const base = packed.readDoubleLE(5);
  const body = zstdDecompressSync(packed.subarray(headBytes), { maxOutputLength: maxBody });
  const next = column(body, count);
  const [places, steps, kinds, delays, rests] = [next(), next(), next(), next(), next()];
  const [dns, connect, tls, firstByte, download] = [next(), next(), next(), next(), next()];
  const [bytes, statuses, addressNumbers, rareNumbers] = [next(), next(), next(), next()];
  const texts = body.subarray(14 * columnBytes(count)).toString();
  const [addresses, rares] = JSON.parse(texts) as [string[], string[]]; // written by `pack`
  const at = (values: Int32Array, i: number): number => values[i] ?? 0;
  const results = momentsOf(steps, places, base).map((scheduledAt, i): StoredResult => {
    const phases: Phases = {
      dnsUs: nullOr(at(dns, i)),
      connectUs: nullOr(at(connect, i)),
      tlsUs: nullOr(at(tls, i)),
      firstByteUs: nullOr(at(firstByte, i)),
      downloadUs: nullOr(at(download, i)),
    };
    return {
      scheduledAt,
      place: at(places, i),
      kind: at(kinds, i),
      delayMs: at(delays, i),
      totalUs: (at(rests, i) + sumOf(phases)) | 0,
      ...phases,
      bytes: nullOr(at(bytes, i)),
      status: nullOr(at(statuses, i)),
      remoteAddress: addresses[at(addressNumbers, i) - 1] ?? null,
      rare: rares[at(rareNumbers, i) - 1] ?? '',
    };
  });
  return results.toSorted(inLogOrder);
};
