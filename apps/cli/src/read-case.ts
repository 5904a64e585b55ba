import type { Readable } from 'node:stream';
import { readRecordedAnswer } from '@farwatch/checker';
import { kindOfText, type LogReading, mostPasted, type Pasted, readPasted, sorter } from '@farwatch/diagnosis';
import { beginReading, type Reading } from './log-reading.ts';
import { bytesOf, encodingOf, nameOf, noTextOf } from './text-of-file.ts';

/** What the files of one case hold. */
export type ReadCase = Readonly<{ page: Pasted | null; log: LogReading | null }>;

type Log = Readonly<{ push: (text: string) => void /** Null = there were no lines. */; end: () => LogReading | null }>;
const openLog = (): Log => {
  let reading: Reading | null = null;
  return {
    push: (text) => {
      reading ??= beginReading();
      reading.push(text);
    },
    end: () => reading?.end() ?? null,
  };
};

/** The first bytes by which a file is judged, and the rest as it comes. */
type Opened = Readonly<{ start: Buffer; rest: AsyncGenerator<Buffer> }>;
const judgedBytes = 65_536;
const open = async (file: string, stdin: Readable): Promise<Opened> => {
  const rest = bytesOf(file, stdin);
  const first: Buffer[] = [];
  let length = 0;
  while (length < judgedBytes) {
    const { value, done } = await rest.next();
    if (done === true) break;
    first.push(value);
    length += value.length;
  }
  return { start: Buffer.concat(first), rest };
};

async function* textOf({ start, rest }: Opened): AsyncGenerator<string> {
  const decoder = new TextDecoder(encodingOf(start));
  yield decoder.decode(start, { stream: true });
  for await (const chunk of rest) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** The beginning of a text, as far as a page is read. */
const beginningOf = async (texts: AsyncGenerator<string>): Promise<string> => {
  let whole = '';
  for await (const text of texts) {
    whole += text;
    if (whole.length >= mostPasted) break;
  }
  return whole;
};

/** Puts each line where it belongs; the page's are handed back. */
const sorted = async (texts: AsyncGenerator<string>, log: Log): Promise<string> => {
  const belongs = sorter();
  let page = '';
  let rest = '';
  const take = (line: string): void => {
    if (belongs(line) === 'log') log.push(`${line}\n`);
    else if (page.length < mostPasted) page += `${line}\n`;
  };
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
    if (rest.length > mostPasted) rest = ''; // no line of a log or a page is that long
  }
  if (rest !== '') take(rest);
  return page;
};

/** An answer whose body is no text: recorded as it came, compressed. */
const recordedPage = async (bytes: Buffer): Promise<Pasted | null> => {
  const isUnchunked = /\r\ntransfer-encoding: *chunked\r\n/iu;
  const at = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, at + 4).toString('latin1');
  const isPlain =
    isUnchunked.test(head) && !/^[0-9a-f]{1,8}[;\r]/iu.test(bytes.subarray(at + 4, at + 13).toString('latin1'));
  const whole = isPlain
    ? Buffer.concat([Buffer.from(head.replace(isUnchunked, '\r\n'), 'latin1'), bytes.subarray(at + 4)])
    : bytes;
  const read = await readRecordedAnswer(whole);
  if (read === null) return null;
  const {
    head: { status, reason, version, headers },
    body,
    findings,
    fault,
  } = read;
  return {
    ...{ url: null, method: 'GET', address: null, findings, statusFrom: 'head' },
    failure: fault === null ? null : { kind: 'network', phase: 'protocol', code: fault },
    answer: {
      ...{ status, reason: reason === '' ? null : reason, httpVersion: version, headers },
      ...{ body: body.toString('utf8').slice(0, 65_536), bodyBytes: body.length },
    },
  };
};

const isRecorded = (start: Buffer): boolean => start.subarray(0, 7).toString('latin1') === 'HTTP/1.';

/** What one file adds: an answer, or lines to the log. */
const readFile = async (file: string, stdin: Readable, log: Log): Promise<Pasted | null> => {
  const opened = await open(file, stdin);
  const { start } = opened;
  if (start.length === 0 || start.toString('latin1').trim() === '') throw new Error(`${nameOf(file)}: it is empty`);
  const fault = noTextOf(start);
  if (fault !== null && !isRecorded(start)) throw new Error(`${nameOf(file)}: ${fault}`);
  if (fault !== null) return recordedPage(start);
  const kind = kindOfText(new TextDecoder(encodingOf(start)).decode(start));
  if (kind === 'both') return readPasted(await sorted(textOf(opened), log));
  if (kind === 'page') return readPasted(await beginningOf(textOf(opened)));
  const page =
    kind === 'other' && start.length < judgedBytes
      ? readPasted(await beginningOf(textOf({ ...opened, rest: none() })))
      : null;
  if (page !== null) return page;
  for await (const text of textOf(opened)) log.push(text);
  log.push('\n');
  return null;
};
async function* none(): AsyncGenerator<Buffer> {}

/** Reads the files of one case: at most one answer, and any number of logs. Rejects in words. */
export const readCase = async (files: readonly string[], stdin: Readable): Promise<ReadCase> => {
  const log = openLog();
  let page: Pasted | null = null;
  for (const file of files) {
    const found = await readFile(file, stdin, log);
    if (found !== null && page !== null)
      throw new Error(`${nameOf(file)}: there is an answer in a file before it already; one case at a time`);
    page = found ?? page;
  }
  return { page, log: log.end() };
};
