import type { HttpVersion } from '@farwatch/domain';
import { type Head, type Header, valuesOf } from './http-answer.ts';

/** What ends a reading: a code of ours and the words for it. */
export type Fault = Readonly<{ code: string; words: string }>;

const statusLine = /^HTTP\/1\.(\d) ([1-9]\d\d)(?:[ \t]([^\r]*))?$/u;
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;
const shown = (line: string): string => JSON.stringify(line.slice(0, 60));
const invalid = (words: string): Fault => ({ code: 'INVALID_HTTP', words });

/** Bytes of a header's value are UTF-8 where they are more than ASCII, as browsers show them. */
export const decodedValue = (latin1: string): string =>
  /[\u0080-\u00ff]/u.test(latin1) ? Buffer.from(latin1, 'latin1').toString('utf8') : latin1;

const blank = (text: string, at: number): boolean => text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9;

/** The value from there on, without the blanks around it; null when a CR stands in it. */
const valueFrom = (line: string, from: number): string | null => {
  let [start, end] = [from, line.length];
  while (start < end && blank(line, start)) start += 1;
  while (end > start && blank(line, end - 1)) end -= 1;
  const value = line.slice(start, end);
  return value.includes('\r') ? null : decodedValue(value);
};

/** One line of a head; a folded one goes on with the header before it. Null when it is none. */
const readHeader = (line: string, before: Header | undefined): Header | null => {
  if (before !== undefined && blank(line, 0)) {
    const more = valueFrom(line, 0);
    return more === null ? null : [before[0], before[1] === '' ? more : `${before[1]} ${more}`];
  }
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon));
  const value = headerName.test(name) ? valueFrom(line, colon + 1) : null;
  return value === null ? null : [name, value];
};

/**
 * Reads a whole head, without the empty line at its end. As browsers and curl do it takes a line that ends with a bare LF
 * (RFC 9112, section 2.2) and a value folded over several lines (section 5.2).
 */
export const readHead = (bytes: Buffer): Head | Fault => {
  const text = bytes.toString('latin1');
  if (text.includes('\0')) return invalid('there is a NUL in the head');
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const first = lines[0] ?? '';
  const [, minor, status, reason = ''] = statusLine.exec(first) ?? [];
  if (minor === undefined || status === undefined) return invalid(`${shown(first)} is no status line of HTTP/1`);
  const version: HttpVersion = minor === '0' ? '1.0' : '1.1';
  const headers: Header[] = [];
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const header = readHeader(line, headers.at(-1));
    if (header === null) return invalid(`${shown(line)} is no header`);
    if (blank(line, 0) && headers.length > 0) headers.pop();
    headers.push(header);
  }
  return { status: Number(status), reason: decodedValue(reason), version, headers };
};

/** How a body ends: not there, after so many bytes, in chunks, or with its connection (RFC 9112, section 6.3). */
export type Framing = 'none' | 'chunked' | 'until-close' | Readonly<{ length: number }>;

export const framingOf = (head: Head, method: string): Framing | Fault => {
  if (method === 'HEAD' || head.status < 200 || head.status === 204 || head.status === 304) return 'none';
  const transfer = valuesOf(head, 'transfer-encoding').join(',');
  if (transfer !== '') return /(?:^|,)\s*chunked\s*$/iu.test(transfer) ? 'chunked' : 'until-close';
  return framingBy(valuesOf(head, 'content-length'));
};

const plainLength = /^\d{1,15}$/u;
/** By Content-Length: none, one, or several that say the same (RFC 9110, section 8.6). */
const framingBy = (declared: readonly string[]): Framing | Fault => {
  const [only = '', ...more] = declared;
  if (declared.length === 0) return 'until-close';
  if (more.length === 0 && plainLength.test(only)) return { length: Number(only) };
  const all = declared.flatMap((value) => value.split(',').map((each) => each.trim().replace(/^0+(?=\d)/u, '')));
  const [one = '', ...others] = new Set(all);
  if (others.length === 0 && plainLength.test(one)) return { length: Number(one) };
  return { code: 'INVALID_CONTENT_LENGTH', words: `Content-Length is ${shown(all.join(', '))}` };
};
