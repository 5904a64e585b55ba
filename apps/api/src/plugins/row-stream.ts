import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from './problems.ts';

export type RowFormat = 'json' | 'ndjson' | 'csv';

const formats: readonly (readonly [type: string, format: RowFormat])[] = [
  ['application/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['text/csv', 'csv'],
];

type Range = Readonly<{ range: string; quality: number }>;
const rangesOf = (accept: string): readonly Range[] =>
  accept.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const q = parameters.find((text) => text.startsWith('q='));
    return { range, quality: q === undefined ? 1 : Number(q.slice(2)) || 0 };
  });

const covers = (range: string, type: string): boolean =>
  range === type || range === '*/*' || range === `${type.split('/')[0]}/*`;

/** The form of a list that the caller's Accept likes best: pages of JSON, or all rows as NDJSON or CSV. Throws 406. */
export const rowFormatOf = ({ headers }: Pick<FastifyRequest, 'headers'>): RowFormat => {
  const ranges = rangesOf(headers.accept ?? '*/*').toSorted((a, b) => b.quality - a.quality);
  for (const { range, quality } of ranges) {
    const found = quality > 0 ? formats.find(([type]) => covers(range, type)) : undefined;
    if (found !== undefined) return found[1];
  }
  throw problem(406, 'not-acceptable', `This list comes as ${formats.map(([type]) => type).join(', ')}.`);
};

export type Cell = string | number | boolean | null;
export type CsvColumn<V> = readonly [name: string, cell: (view: V) => Cell];

/** A spreadsheet would run a text that begins like this as a formula; an apostrophe makes it text. */
const formula = /^[=+\-@\t\r]/u;
const csvCell = (cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
/** One line of CSV; no cell of it is run as a formula. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Who takes nothing for this long has gone to sleep. */
const stallMs = 60_000;

/** Text from batches of rows, read only as fast as the caller takes them. */
const textOf = async function* <V>(
  batches: AsyncIterable<readonly V[]>,
  head: string,
  lineOf: (view: V) => string,
  taken: () => void,
): AsyncGenerator<string> {
  if (head !== '') yield head;
  for await (const views of batches) {
    taken();
    if (views.length > 0) yield views.map(lineOf).join('');
    taken();
  }
};

export type RowStream<V> = Readonly<{
  format: 'ndjson' | 'csv';
  /** Without its ending: `results.csv`. */
  fileName: string;
  columns: readonly CsvColumn<V>[];
  batches: AsyncIterable<readonly V[]>;
}>;

/** Answers with all rows; memory stays that of one batch however many there are. */
export const sendRows = <V>(request: FastifyRequest, reply: FastifyReply, rows: RowStream<V>): FastifyReply => {
  const { format, fileName, columns, batches } = rows;
  const csv = format === 'csv';
  reply.header('vary', 'accept').type(csv ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson');
  if (csv) reply.header('content-disposition', `attachment; filename="${fileName}.csv"`);
  if (request.method === 'HEAD') return reply.send('');
  const head = csv ? csvLine(columns.map(([name]) => name)) : '';
  const lineOf = (view: V): string =>
    csv ? csvLine(columns.map(([, cell]) => cell(view))) : `${JSON.stringify(view)}\n`;
  const timer = setTimeout(() => stream.destroy(new Error('the reader of a row stream has stalled')), stallMs);
  const stream = Readable.from(
    textOf(batches, head, lineOf, () => timer.refresh()),
    { objectMode: false, highWaterMark: 65_536 },
  );
  stream.once('close', () => clearTimeout(timer));
  return reply.send(stream);
};

/** Reads a keyset-paged list to its end, one batch after the other. */
export const inBatches = async function* <R, V>(
  read: (position: readonly string[] | null) => Promise<readonly R[]>,
  keysOf: (row: R) => readonly string[],
  view: (row: R) => V,
  size: number,
  start: readonly string[] | null,
): AsyncGenerator<readonly V[]> {
  for (let position = start; ; ) {
    const rows = await read(position);
    yield rows.map(view);
    const last = rows.at(-1);
    if (rows.length < size || last === undefined) return;
    position = keysOf(last);
  }
};
