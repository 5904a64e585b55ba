import { problem } from './plugins/problems.ts';

/** A column that a list is sorted by; the last ones make the order total. All go the same way, so that an index serves both. */
export type KeyColumn = Readonly<{ sql: string; type: 'uuid' | 'text' | 'timestamptz' | 'address_family' }>;
export type Position = Readonly<{ direction: 'next' | 'previous'; keys: readonly string[] }>;

/** Collects a statement's values: `bind(x)` answers the placeholder that stands for x. */
export type Binder = Readonly<{ values: readonly unknown[]; bind: (value: unknown) => string }>;
export const binder = (): Binder => {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
};

/** SQL for a moment given in epoch milliseconds. */
export const instant = (bind: Binder['bind'], ms: number): string => `to_timestamp(${bind(ms)}::float8 / 1000)`;

const families = ['any', 'ipv4', 'ipv6'];
const placeholder = (bind: Binder['bind'], { type }: KeyColumn, key: string): string => {
  switch (type) {
    case 'timestamptz':
      return instant(bind, Number(key));
    case 'address_family': // a cursor is the caller's to forge, and an unknown word would be an error of the database
      return `${bind(families.includes(key) ? key : 'any')}::address_family`;
    case 'uuid':
    case 'text':
      return `${bind(key)}::${type}`;
  }
};

/**
 * The condition and the order of one page of a keyset-paged list. A page before a position is read backwards; ask for
 * limit + 1 rows to learn whether there is more.
 */
export const keyset = (
  { columns, descending }: Readonly<{ columns: readonly KeyColumn[]; descending: boolean }>,
  position: Position | null,
  { bind }: Binder,
): Readonly<{ where: string; orderBy: string }> => {
  const down = descending !== (position?.direction === 'previous');
  const orderBy = columns.map(({ sql }) => `${sql} ${down ? 'DESC' : 'ASC'}`).join(', ');
  if (position === null) return { where: 'true', orderBy };
  const keys = columns.map((column, i) => placeholder(bind, column, position.keys[i] ?? ''));
  const beyond = `(${columns.map(({ sql }) => sql).join(', ')}) ${down ? '<' : '>'} (${keys.join(', ')})`;
  // Says nothing new, but partitions are left out by this and not by a comparison of rows.
  const bound = `${columns[0]?.sql} ${down ? '<=' : '>='} ${keys[0]}`;
  return { where: `${bound} AND ${beyond}`, orderBy };
};

/** A filter's moment as epoch milliseconds. The format lets leap seconds through, which have no such number: 400. */
export const parseInstant = (text: string, pointer: string): number => {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms)) return ms;
  const detail = 'This is not a moment in time.';
  throw problem(400, 'validation-failed', detail, [{ pointer, code: 'invalid-instant', detail }]);
};

export type Range = Readonly<{ from: number | null; to: number | null }>;
/** `from` (inclusive) and `to` (exclusive) of a query. */
export const parseRange = ({ from, to }: Readonly<{ from?: string; to?: string }>): Range => {
  const range = {
    from: from === undefined ? null : parseInstant(from, '/query/from'),
    to: to === undefined ? null : parseInstant(to, '/query/to'),
  };
  if (range.from === null || range.to === null || range.from <= range.to) return range;
  const detail = 'The range ends before it begins.';
  throw problem(400, 'validation-failed', detail, [{ pointer: '/query/to', code: 'range-reversed', detail }]);
};
