import type { HttpVersion } from '@farwatch/domain';

/** The head of one answer as it was pasted. */
export type Head = Readonly<{
  status: number | null;
  reason: string | null;
  httpVersion: HttpVersion | null;
  headers: readonly (readonly [name: string, value: string])[];
}>;

const statusLine = /^HTTP\/(\d(?:\.\d)?)[ \t]{1,8}(\d{3})(?:[ \t]{1,8}(.{0,500}))?$/u;
const field = /^(:?[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100})[ \t]{0,8}:[ \t]{0,80}(.{0,16000})$/u;
const mostHeaders = 500;

export const isStatusLine = (line: string): boolean => statusLine.test(line.trimEnd());

const versionOf = (text: string | undefined): HttpVersion | null => {
  if (text === '1.0' || text === '1.1') return text;
  return text === '2' || text === '2.0' ? '2' : null;
};

/** `name: value`; null = the line is none. */
export const fieldOf = (line: string): readonly [name: string, value: string] | null => {
  const [, name, value] = field.exec(line.trimEnd()) ?? [];
  return name === undefined ? null : [name, (value ?? '').trim()];
};

/** Where a head begins and the line its body begins on. */
export type Block = Readonly<{ head: Head; bodyAt: number }>;

/** Header lines from `at` on; ends after an empty line, or before one that begins a page. */
const fieldsFrom = (lines: readonly string[], at: number): Readonly<{ fields: Head['headers']; next: number }> => {
  const fields: (readonly [string, string])[] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (line.trim() === '') return { fields, next: next + 1 };
    if (isStatusLine(line)) break;
    const one = fieldOf(line);
    const last = fields.at(-1);
    if (one !== null && fields.length < mostHeaders) fields.push(one);
    else if (/^[ \t]/u.test(line) && last !== undefined)
      fields[fields.length - 1] = [last[0], `${last[1]} ${line.trim()}`];
    else if (/^\s{0,80}[<{[]/u.test(line)) break;
  }
  return { fields, next };
};

/** The answer's head that begins on a line with a status; null = none begins there. */
export const blockAt = (lines: readonly string[], at: number): Block | null => {
  const [, version, status, reason] = statusLine.exec((lines[at] ?? '').trimEnd()) ?? [];
  if (status === undefined) return null;
  const { fields, next } = fieldsFrom(lines, at + 1);
  const said = reason?.trim() ?? '';
  const head = { status: Number(status), reason: said === '' ? null : said, httpVersion: versionOf(version) };
  return { head: { ...head, headers: fields }, bodyAt: next };
};

const usual =
  /^(?:server|date|content-type|content-length|connection|via|x-cache|cf-ray|cache-control|retry-after|transfer-encoding|content-encoding|x-powered-by|set-cookie|location|:status|status)$/iu;

/** Headers without a line that bears the status, as browsers copy them; null = the text does not begin so. */
export const bareFieldsAt = (lines: readonly string[], at: number): Block | null => {
  const { fields, next } = fieldsFrom(lines, at);
  if (fields.filter(([name]) => usual.test(name)).length < 2) return null;
  const [, told, reason] =
    /^(\d{3})\b[ \t]{0,8}(.{0,200})/u.exec(fields.find(([name]) => /^:?status$/iu.test(name))?.[1] ?? '') ?? [];
  const headers = fields.filter(([name]) => !name.startsWith(':') && !/^status$/iu.test(name));
  const isTwo = fields.some(([name]) => name.startsWith(':'));
  return {
    head: {
      status: told === undefined ? null : Number(told),
      reason: reason === undefined || reason === '' ? null : reason,
      httpVersion: isTwo ? '2' : null,
      headers,
    },
    bodyAt: next,
  };
};
