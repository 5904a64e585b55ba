import { type Head, maxHeadBytes } from './http-answer.ts';
import { openChunks } from './http1-chunks.ts';
import { type Fault, framingOf, readHead } from './http1-head.ts';

/** What the reader calls in. `head` and `data` answer `enough` when no more is wanted. */
export type Reading = Readonly<{
  head: (head: Head) => 'go-on' | 'enough';
  data: (chunk: Buffer) => 'go-on' | 'enough';
  /** `excess`: bytes that came after the end. */
  done: (excess: number) => void;
  fault: (fault: Fault) => void;
}>;
export type Reader = Readonly<{ push: (bytes: Buffer) => void /** The other side has closed. */; end: () => void }>;

/** Interim answers (103 Early Hints) before the real one. */
const mostInterim = 100;

type Body = (bytes: Buffer) => void;
const begin = Buffer.from('HTTP/1.');

/** Where the empty line at a head's end begins and ends; null while it isn't there. */
const endOfHead = (bytes: Buffer, from: number): Readonly<{ at: number; next: number }> | null => {
  for (let lf = bytes.indexOf(10, from); lf !== -1; lf = bytes.indexOf(10, lf + 1)) {
    if (bytes[lf + 1] === 10) return { at: lf, next: lf + 2 };
    if (bytes[lf + 1] === 13 && bytes[lf + 2] === 10) return { at: lf, next: lf + 3 };
  }
  return null;
};

const bare = (bytes: Buffer): Buffer => {
  let at = 0;
  while (bytes[at] === 13 || bytes[at] === 10) at += 1; // empty lines before an answer (RFC 9112, section 2.2)
  return at === 0 ? bytes : bytes.subarray(at);
};
const beginsRight = (bytes: Buffer): boolean => {
  const length = Math.min(bytes.length, begin.length);
  return bytes.compare(begin, 0, length, 0, length) === 0;
};

/** A reader of one HTTP/1 answer (RFC 9112): whatever comes, in whatever pieces, it calls `done` or `fault` at most once. */
export const openReader = (method: string, reading: Reading): Reader => {
  let pending: Buffer | null = null;
  let interim = 0;
  let seen = false; // of this answer or an interim one
  let over = false;
  let body: Body | null = null;
  let atClose: 'done' | 'CUT_BODY' = 'CUT_BODY';

  const done = (excess: number): void => {
    over = true;
    reading.done(excess);
  };
  const fault = (code: string, words: string): void => {
    over = true;
    reading.fault({ code, words });
  };
  const data = (chunk: Buffer): boolean => {
    if (reading.data(chunk) === 'enough') over = true;
    return !over;
  };
  const byLength = (length: number): Body => {
    let left = length;
    return (bytes) => {
      const piece = bytes.subarray(0, left);
      left -= piece.length;
      if (piece.length > 0 && !data(piece)) return;
      if (left === 0) done(bytes.length - piece.length);
    };
  };
  const byChunks = (): Body => {
    const chunks = openChunks();
    return (bytes) => {
      const rest = chunks.push(bytes, data);
      if (rest === 'more' || rest === 'stopped') return;
      if ('words' in rest) fault('INVALID_CHUNK', rest.words);
      else done(rest.length);
    };
  };
  const bodyOf = (head: Head): Body | null => {
    const framing = framingOf(head, method);
    if (framing === 'none') return byLength(0);
    if (framing === 'chunked') return byChunks();
    if (framing === 'until-close') {
      atClose = 'done';
      return (bytes) => {
        if (bytes.length > 0) data(bytes);
      };
    }
    if ('length' in framing) return byLength(framing.length);
    fault(framing.code, framing.words);
    return null;
  };
  const takeHead = (head: Head, rest: Buffer): void => {
    if (head.status === 101) fault('UNEXPECTED_UPGRADE', 'the server switches to a protocol nobody asked for');
    else if (head.status < 200 && ++interim > mostInterim) fault('TOO_MANY_INTERIM', 'interim answers without end');
    else if (head.status < 200)
      push(rest); // the real answer is still to come
    else if (reading.head(head) === 'enough') over = true;
    else {
      body = bodyOf(head);
      body?.(rest);
    }
  };
  const takeMore = (all: Buffer, from: number): void => {
    const end = endOfHead(all, from);
    if (!beginsRight(all)) fault('INVALID_HTTP', 'what came is no answer of HTTP/1');
    else if ((end?.at ?? all.length) > maxHeadBytes) fault('HEADERS_TOO_LARGE', 'the head is longer than 64 KiB');
    else if (end === null) pending = all;
    else {
      pending = null;
      const head = readHead(all.subarray(0, end.at));
      if ('code' in head) fault(head.code, head.words);
      else takeHead(head, all.subarray(end.next));
    }
  };
  const push = (bytes: Buffer): void => {
    if (over) return;
    if (body !== null) {
      body(bytes);
      return;
    }
    const before: Buffer | null = pending;
    const all = before === null ? bare(bytes) : Buffer.concat([before, bytes]);
    if (all.length === 0) return;
    seen = true;
    takeMore(all, Math.max(0, (before?.length ?? 0) - 3));
  };
  return {
    push,
    end: () => {
      if (over) return;
      if (body === null && !seen) fault('EMPTY_ANSWER', 'the connection was closed without an answer');
      else if (body === null) fault('CUT_HEAD', 'the connection was closed in the middle of the head');
      else if (atClose === 'done') done(0);
      else fault('CUT_BODY', 'the connection was closed before the body’s end');
    },
  };
};
