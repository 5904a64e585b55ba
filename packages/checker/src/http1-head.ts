import type { HttpVersion } from '@farwatch/domain';
import { type Head, type Header, valuesOf } from './http-answer.ts';

/** What ends a reading: a code of ours and the words for it. */
export type Fault = Readonly<{ code: string; words: string }>;

const statusLine = /^HTTP\/1\.(\d) ([1-9]\d\d)(?:[ \t]([^\r]*))?$/u;
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r]*?)[ \t]*$/u;
const shown = (line: string): string => JSON.stringify(line.slice(0, 60));
const invalid = (words: string): Fault => ({ code: 'INVALID_HTTP', words });

/** Bytes of a header's value are UTF-8 where they are more than ASCII, as browsers show them. */
const decodedValue = (latin1: string): string =>
  /[\u0080-\u00ff]/u.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1;

/**
 * Reads a whole head, without the empty line at its end. As browsers and curl do it takes a line that ends with a bare LF
 * (RFC 9112, section 2.2) and a value folded over several lines (section 5.2).
 */
export const readHead = (bytes: Buffer): Head | Fault => {
  const text = bytes.toString('latin1');
  if (text.includes('\0')) return invalid('there is a NUL in the head');
  const [first = '', ...lines] = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const [, minor, status, reason = ''] = statusLine.exec(first) ?? [];
  if (minor === undefined || status === undefined) return invalid(`${shown(first)} is no status line of HTTP/1`);
  const version: HttpVersion = minor === '0' ? '1.0' : '1.1';
  const headers: Header[] = [];
  for (const line of lines) {
    const before = headers.at(-1);
    if (before !== undefined && /^[ \t]/u.test(line)) {
      headers[headers.length - 1] = [before[0], `${before[1]} ${decodedValue(line.trim())}`.trim()];
      continue;
    }
    const [, name, value] = headerLine.exec(line) ?? [];
    if (name === undefined || value === undefined) return invalid(`${shown(line)} is no header`);
    headers.push([name, decodedValue(value)]);
  }
  return { status: Number(status), reason: decodedValue(reason), version, headers };
};

/** How a body ends: not there, after so many bytes, in chunks, or with its connection (RFC 9112, section 6.3). */
export type Framing = 'none' | 'chunked' | 'until-close' | Readonly<{ length: number }>;

export const framingOf = (head: Head, method: string): Framing | Fault => {
  if (method === 'HEAD' || head.status < 200 || head.status === 204 || head.status === 304) return 'none';
  const transfer = valuesOf(head, 'transfer-encoding').join(',');
  if (transfer !== '') return /(?:^|,)\s*chunked\s*$/iu.test(transfer) ? 'chunked' : 'until-close';
  const lengths = new Set(
    valuesOf(head, 'content-length').flatMap((value) =>
      value.split(',').map((each) => each.trim().replace(/^0+(?=\d)/u, '')),
    ),
  );
  const [declared, ...others] = lengths;
  if (declared === undefined) return 'until-close';
  const length = /^\d{1,18}$/u.test(declared) ? Number(declared) : Number.NaN;
  if (others.length > 0 || !Number.isSafeInteger(length))
    return { code: 'INVALID_CONTENT_LENGTH', words: `Content-Length is ${shown([...lengths].join(', '))}` };
  return { length };
};
