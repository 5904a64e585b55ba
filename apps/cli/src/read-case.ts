import type { Readable } from 'node:stream';
import {
  beginReading,
  kindOfText,
  type LogIncident,
  type LogReading,
  mostPasted,
  type Pasted,
  type Reading,
  readPasted,
  type SeenLook,
  sorter,
} from '@farwatch/diagnosis';
import { isRecorded, recordedPage } from './recorded-page.ts';
import { pastedFrom, savedLook } from './saved-check.ts';
import { beginOf, bytesOf, encodingOf, nameOf, noTextOf } from './text-of-file.ts';

/** What the files of one case hold. */
export type ReadCase = Readonly<{
  page: Pasted | null;
  /** The check that it was saved from, with all that it measured. */
  look: SeenLook | null;
  log: LogReading | null;
}>;
type Found = Pick<ReadCase, 'page' | 'look'>;
const nothing: Found = { page: null, look: null };
const onPage = (page: Pasted | null): Found => ({ page, look: null });

type Log = Readonly<{ push: (text: string) => void /** Null = there were no lines. */; end: () => LogReading | null }>;
/** `incident`: what is known of its time when the first line comes. */
const openLog = (incident: () => LogIncident | null): Log => {
  let reading: Reading | null = null;
  return {
    push: (text) => {
      reading ??= beginReading({ incident: incident() });
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

/** All of a file, as far as an answer is read. */
const wholeOf = async ({ start, rest }: Opened): Promise<Buffer> => {
  const parts = [start];
  let length = start.length;
  for await (const chunk of rest) {
    if (length >= 2 * mostPasted) break;
    parts.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(parts);
};

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

/** The document that `farwatch check --json` prints. */
const isSavedCheck = (start: string): boolean => /^\s{0,80}\{\s{0,80}"result": ?\{/u.test(start);
const savedCheck = async (file: string, opened: Opened): Promise<Found> => {
  const look = savedLook((await wholeOf(opened)).toString('utf8'));
  if (look === null) throw new Error(`${nameOf(file)}: it is no whole document of farwatch check --json`);
  return { look, page: pastedFrom(look) };
};

/** What one file adds: an answer, or lines to the log. */
const readFile = async (file: string, stdin: Readable, log: Log): Promise<Found> => {
  const opened = await open(file, stdin);
  const { start } = opened;
  if (start.length === 0 || start.toString('latin1').trim() === '') throw new Error(`${nameOf(file)}: it is empty`);
  if (isRecorded(start)) return onPage(await recordedPage(await wholeOf(opened)));
  const fault = noTextOf(start);
  if (fault !== null) throw new Error(`${nameOf(file)}: ${fault}`);
  const begins = new TextDecoder(encodingOf(start)).decode(start);
  if (isSavedCheck(begins)) return savedCheck(file, opened);
  const kind = kindOfText(begins);
  if (kind === 'both') return onPage(readPasted(await sorted(textOf(opened), log)));
  if (kind === 'page') return onPage(readPasted(await beginningOf(textOf(opened))));
  const page =
    kind === 'other' && start.length < judgedBytes
      ? readPasted(await beginningOf(textOf({ ...opened, rest: none() })))
      : null;
  if (page !== null) return onPage(page);
  for await (const text of textOf(opened)) log.push(text);
  log.push('\n');
  return nothing;
};
async function* none(): AsyncGenerator<Buffer> {}

/** Around the check: an outage goes on for minutes, and clocks and logs are a little off. */
const beforeMs = 300_000;
const afterMs = 60_000;
const incidentOf = (look: SeenLook | null): LogIncident | null => {
  if (look?.ref == null) return null;
  const { region, at } = look.ref;
  const resolvedAt = at + (look.totalMs ?? 0) + afterMs;
  return { startedAt: at, resolvedAt, lastGoodAt: at - beforeMs, spans: [], looks: [{ region, at }] };
};

/** A saved check tells the time that logs are read against: it is read before them. */
const savedFirst = async (files: readonly string[]): Promise<readonly string[]> => {
  const begins = await Promise.all(files.map((file) => (file === '-' ? '' : beginOf(file))));
  const isSaved = files.map((_, n) => isSavedCheck(begins[n] ?? ''));
  return [...files.filter((_, n) => isSaved[n]), ...files.filter((_, n) => !isSaved[n])];
};

/** Reads the files of one case: at most one answer, and any number of logs. Rejects in words. */
export const readCase = async (files: readonly string[], stdin: Readable): Promise<ReadCase> => {
  let known = nothing;
  const log = openLog(() => incidentOf(known.look));
  for (const file of await savedFirst(files)) {
    const found = await readFile(file, stdin, log);
    if (found.page !== null && known.page !== null)
      throw new Error(`${nameOf(file)}: there is an answer in a file before it already; one case at a time`);
    known = found.page === null ? known : found;
  }
  return { ...known, log: log.end() };
};
