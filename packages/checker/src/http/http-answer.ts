import type { HttpVersion } from '@farwatch/domain';
import type { Question } from './question.ts';

export type Header = readonly [name: string, value: string];
export type Head = Readonly<{
  status: number;
  reason: string;
  version: HttpVersion;
  /** In their order, names in the case they came in. */
  headers: readonly Header[];
}>;
export type Exchange = Readonly<{
  head: Head | null;
  /** The body as it came, up to its cap. */
  body: Buffer;
  /** Bytes of body over the wire. */
  bytes: number;
  /** The body went on beyond its cap. */
  capped: boolean;
  /** Bytes that came after the body's declared end. */
  excess: number;
  /** Why the answer is not whole; null when it is (or when its body reached the cap). `ABORTED` when the signal did it. */
  fault: string | null;
  /** The parser's own words for it. */
  words: string | null;
}>;

export type ExchangeRequest = Readonly<{
  url: URL;
  question: Question;
  userAgent: string;
  /** What the Host header says, where it isn't the URL's host. */
  host?: string | null;
  /** Accept-Encoding. */
  codings: string;
  /** True lets the body go: nobody needs it (a redirect that is followed). */
  skipBody: (head: Head) => boolean;
  onSent: () => void;
  onFirstByte: () => void;
}>;

export const maxHeadBytes = 64 * 1_024;
/** As much of a body is read, and kept. */
export const maxBodyBytes = 1_024 * 1_024;
/** As much of a body as evidence holds. */
export const evidenceBytes = 64 * 1_024;

/** The values of a header; its name in lower case. */
export const valuesOf = ({ headers }: Head, name: string): readonly string[] => {
  const values: string[] = [];
  for (const [each, value] of headers)
    if (each.length === name.length && each.toLowerCase() === name) values.push(value);
  return values;
};

export type Recorder = Readonly<{
  head: (head: Head) => 'go-on' | 'enough';
  data: (chunk: Buffer) => 'go-on' | 'enough';
  isHeaded: () => boolean;
  end: (fault: string | null, more?: Readonly<{ words?: string | null; excess?: number }>) => void;
}>;

/** Copies: a body of a mebibyte may come in a million pieces, and each kept as it is would cost two hundred bytes. */
const growingBytes = () => {
  let store = Buffer.alloc(0);
  let length = 0;
  return {
    add: (chunk: Buffer): void => {
      if (length + chunk.length > store.length) {
        const larger = Buffer.allocUnsafeSlow(Math.max(2 * store.length, length + chunk.length));
        store.copy(larger, 0, 0, length);
        store = larger;
      }
      chunk.copy(store, length);
      length += chunk.length;
    },
    all: (): Buffer => store.subarray(0, length),
  };
};

/** Gathers what a protocol's reader calls in; whatever happens, `settle` is called once. */
export const recorder = (request: ExchangeRequest, settle: (exchange: Exchange) => void): Recorder => {
  const kept = growingBytes();
  let head: Head | null = null;
  let bytes = 0;
  let ended = false;
  const end: Recorder['end'] = (fault, { words = null, excess = 0 } = {}) => {
    if (ended) return;
    ended = true;
    settle({ head, body: kept.all(), bytes, capped: bytes >= maxBodyBytes && fault === null, excess, fault, words });
  };
  return {
    head: (came) => {
      head = came;
      if (!request.skipBody(came)) return 'go-on';
      end(null);
      return 'enough';
    },
    data: (chunk) => {
      if (bytes < maxBodyBytes) kept.add(chunk.subarray(0, maxBodyBytes - bytes));
      bytes += chunk.length;
      if (bytes < maxBodyBytes) return 'go-on';
      end(null);
      return 'enough';
    },
    isHeaded: () => head !== null,
    end,
  };
};
