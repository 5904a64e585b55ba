import { parse } from 'csv-parse/sync';
import { type Entry, proposed, refused, UnreadableError } from './entry.ts';
import { urlOf } from './read-lines.ts';

type Field = 'name' | 'url' | 'method' | 'tags' | 'interval' | 'timeout' | 'statuses' | 'regions' | 'state';
/** What other tools call the same. */
const synonyms: Readonly<Record<string, Field | undefined>> = {
  ...{ name: 'name', title: 'name', 'friendly name': 'name', friendlyname: 'name', label: 'name', monitor: 'name' },
  ...{
    url: 'url',
    link: 'url',
    address: 'url',
    website: 'url',
    host: 'url',
    hostname: 'url',
    domain: 'url',
    site: 'url',
  },
  ...{ method: 'method', 'http method': 'method', httpmethod: 'method' },
  ...{ tags: 'tags', tag: 'tags', labels: 'tags', group: 'tags', groups: 'tags' },
  ...{ interval: 'interval', intervalseconds: 'interval', 'interval (s)': 'interval', 'check interval': 'interval' },
  ...{ timeout: 'timeout', timeoutseconds: 'timeout', 'timeout (s)': 'timeout' },
  ...{
    statuses: 'statuses',
    expectedstatuses: 'statuses',
    'expected statuses': 'statuses',
    'status codes': 'statuses',
  },
  ...{ regions: 'regions', region: 'regions', locations: 'regions' },
  ...{ state: 'state', status: 'state', active: 'state', paused: 'state' },
};
const listOf = (text: string): readonly string[] =>
  text
    .split(/[,;|]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const wantsPause = (header: string, value: string): boolean =>
  header === 'paused'
    ? /^(?:1|true|yes)$/iu.test(value)
    : /^(?:paused|0|false|no|off|inactive|disabled)$/iu.test(value);

type Columns = readonly Readonly<{ field: Field; header: string; index: number }>[];

const units: readonly (readonly [RegExp, number])[] = [
  [/^ms$/u, 1],
  [/^(?:s|secs?|seconds?|)$/u, 1_000],
  [/^(?:m|mins?|minutes?)$/u, 60_000],
  [/^(?:h|hrs?|hours?)$/u, 3_600_000],
];
/** `30`, `30 s`, `5 minutes`: a number alone is seconds. Null: no length. */
const lengthOf = (typed: string): number | null => {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)\.?$/u.exec(typed.toLowerCase()) ?? [];
  const factor = units.find(([names]) => names.test(unit))?.[1];
  return number === undefined || factor === undefined ? null : Math.round(Number(number) * factor);
};

const monitorOf = (get: (field: Field) => string, url: string) => {
  return {
    url,
    ...(get('name') === '' ? {} : { name: get('name') }),
    ...(get('method') === '' ? {} : { method: get('method').toUpperCase() }),
    ...(get('tags') === '' ? {} : { tags: [...new Set(listOf(get('tags')))] }),
    ...(get('interval') === '' ? {} : { intervalMs: lengthOf(get('interval')) }),
    ...(get('timeout') === '' ? {} : { timeoutMs: lengthOf(get('timeout')) }),
    ...(get('statuses') === '' ? {} : { expectedStatuses: listOf(get('statuses')).join(',') }),
    ...(get('regions') === '' ? {} : { regions: listOf(get('regions')) }),
  };
};

const entryOf = (row: readonly string[], at: number, columns: Columns): Entry => {
  const get = (field: Field): string =>
    (row[columns.find((column) => column.field === field)?.index ?? -1] ?? '').trim().replace(/^'(?=[=+@-])/u, '');
  const url = urlOf(get('url'));
  if (url === null) return refused(at, get('name') || get('url'), 'There is no URL in this row.');
  const wrong = (['interval', 'timeout'] as const).find((field) => get(field) !== '' && lengthOf(get(field)) === null);
  if (wrong !== undefined)
    return refused(
      at,
      get('name') || url,
      `Its ${wrong} “${get(wrong).slice(0, 50)}” is no length: write 30, 30 s or 5 min.`,
    );
  const state = columns.find(({ field }) => field === 'state');
  const paused = state !== undefined && wantsPause(state.header, get('state'));
  return proposed(at, monitorOf(get, url), { paused });
};

/** Excel's own first line, which names the delimiter. */
const withoutSeparator = (text: string): string => text.replace(/^\ufeff?sep=.\r?\n/iu, '');

const rowsOf = (whole: string): readonly string[][] => {
  const text = withoutSeparator(whole);
  const [first = ''] = text.split('\n', 1);
  const delimiter = [';', '\t'].find((one) => first.includes(one) && !first.includes(',')) ?? ',';
  try {
    return parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, relax_quotes: true });
  } catch (error) {
    throw new UnreadableError(`This is no CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** CSV with a header; columns in any order and by the names that other tools give them. `at` counts rows after the header. */
export const readCsv = (text: string): readonly Entry[] => {
  const [head = [], ...rows] = rowsOf(text);
  const headers = head.map((cell) => cell.trim().toLowerCase());
  const columns = headers.flatMap((header, index) => {
    const field = synonyms[header];
    return field === undefined ? [] : [{ field, header, index }];
  });
  if (!columns.some(({ field }) => field === 'url'))
    throw new UnreadableError('The first row must name the columns, and one of them must be “url”.');
  const unknown = head.filter((_, i) => synonyms[headers[i] ?? ''] === undefined && headers[i] !== '');
  const notes =
    unknown.length === 0
      ? []
      : [
          `Columns that are not used: ${unknown
            .slice(0, 20)
            .map((name) => name.slice(0, 50))
            .join(', ')}.`,
        ];
  // Said once, with the first row.
  return rows.map((row, i) => ({ ...entryOf(row, i + 1, columns), notes: i === 0 ? notes : [] }));
};

/** Whether the first line reads like our header. */
export const looksLikeCsv = (text: string): boolean => {
  const [first = ''] = withoutSeparator(text)
    .replace(/^\ufeff/u, '')
    .split('\n', 1);
  const cells = first.split(/[,;\t]/u).map((cell) => cell.trim().replace(/^"|"$/gu, '').toLowerCase());
  return cells.length > 1 && cells.some((cell) => synonyms[cell] === 'url');
};
