import { maxHeadBytes } from './http-answer.ts';

export type Chunks = Readonly<{
  /** Answers the rest once the body is whole, `more`, or what is wrong. */
  push: (bytes: Buffer, data: (chunk: Buffer) => boolean) => Buffer | 'more' | 'stopped' | Readonly<{ words: string }>;
}>;

const lf = 10;
const sizeLine = /^([0-9a-f]{1,13})[ \t]*(?:;.*)?$/iu;

/** Reads a chunked body (RFC 9112, section 7.1), trailers and all. `data` answers false when it wants no more. */
export const openChunks = (): Chunks => {
  let state: 'size' | 'data' | 'after-data' | 'trailers' = 'size';
  let left = 0;
  let line = '';
  let trailerBytes = 0;

  /** The next whole line without its end; null while it isn't there. */
  const takeLine = (bytes: Buffer, from: number): Readonly<{ text: string; next: number }> | null => {
    const end = bytes.indexOf(lf, from);
    line += bytes.toString('latin1', from, end === -1 ? bytes.length : end);
    if (end === -1) return null;
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    line = '';
    return { text, next: end + 1 };
  };
  /** What a line means where we are: the body's end, or what is wrong; null = go on. */
  const takeIn = (text: string): 'end' | Readonly<{ words: string }> | null => {
    if (state === 'after-data') {
      state = 'size';
      return text === '' ? null : { words: 'a chunk is longer than its size says' };
    }
    if (state === 'trailers') return text === '' ? 'end' : null;
    const size = sizeLine.exec(text)?.[1];
    if (size === undefined) return { words: `${JSON.stringify(text.slice(0, 60))} is no size of a chunk` };
    left = Number.parseInt(size, 16);
    state = left === 0 ? 'trailers' : 'data';
    return null;
  };
  return {
    push: (bytes, data) => {
      let at = 0;
      while (at < bytes.length) {
        if (state === 'data') {
          const piece = bytes.subarray(at, at + left);
          at += piece.length;
          left -= piece.length;
          if (left === 0) state = 'after-data';
          if (!data(piece)) return 'stopped';
          continue;
        }
        const taken = takeLine(bytes, at);
        if (state === 'trailers') trailerBytes += (taken?.next ?? bytes.length) - at;
        if (line.length > maxHeadBytes || trailerBytes > maxHeadBytes) return { words: 'a line without an end' };
        if (taken === null) return 'more';
        at = taken.next;
        const meaning = takeIn(taken.text);
        if (meaning === 'end') return bytes.subarray(at);
        if (meaning !== null) return meaning;
      }
      return 'more';
    },
  };
};
