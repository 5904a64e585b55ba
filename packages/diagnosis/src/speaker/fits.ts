import type { Answer } from '../case.ts';
import type { Mark } from '../products/product.ts';

const lower = (text: string): string => text.toLowerCase();
const maxBody = 65_536;
const maxTitle = 2_000;

export const titleOf = (body: string): string | null => {
  const start = body.slice(0, maxBody);
  const begin = start.search(/<title/iu);
  if (begin < 0) return null;
  const open = start.indexOf('>', begin);
  const rest = open < 0 ? '' : start.slice(open + 1, open + maxTitle);
  const end = rest.search(/<\/title/iu);
  return end < 0 ? null : rest.slice(0, end).replaceAll(/\s+/gu, ' ').trim();
};

/** An answer as marks are looked for in it: each thing read once, for all products. */
export type Bearing = Readonly<{
  answer: Answer;
  /** Values by lower-case name, in the order in which they came. */
  values: ReadonlyMap<string, readonly string[]>;
  /** The place of each header's first line, by lower-case name. */
  places: ReadonlyMap<string, number>;
  body: string;
  title: string;
}>;
export const bearingOf = (answer: Answer): Bearing => {
  const values = new Map<string, string[]>();
  const places = new Map<string, number>();
  answer.headers.forEach(([name, value], n) => {
    const key = lower(name);
    const before = values.get(key);
    if (before === undefined) {
      values.set(key, [value]);
      places.set(key, n);
    } else before.push(value);
  });
  const body = answer.body.slice(0, maxBody);
  return { answer, values, places, body, title: titleOf(body) ?? '' };
};

/** Whether the named headers came in this order, others between them or not. */
const inOrder = ({ places }: Bearing, names: readonly string[]): boolean => {
  const found = names.map((name) => places.get(lower(name)) ?? -1);
  return found.every((place, n) => place >= 0 && (n === 0 || place > (found[n - 1] ?? -1)));
};

/** Whether an answer bears a mark. */
export const bears = (seen: Bearing, mark: Mark): boolean => {
  const { reason, status } = seen.answer;
  switch (mark.kind) {
    case 'header':
      return (seen.values.get(lower(mark.name)) ?? []).some((value) => mark.value?.test(value) ?? true);
    case 'only-header': {
      const found = seen.values.get(lower(mark.name)) ?? [];
      return found.length === 1 && found.every((value) => mark.value.test(value));
    }
    case 'header-case':
      return seen.answer.headers.some(([name]) => name === mark.name);
    case 'header-order':
      return inOrder(seen, mark.names);
    case 'no-header':
      return !seen.values.has(lower(mark.name));
    case 'body':
      return mark.has.test(seen.body);
    case 'title':
      return mark.is.test(seen.title);
    case 'reason':
      return reason !== null && mark.is.test(reason);
    case 'status':
      return status !== null && mark.of.includes(status);
    case 'all':
      return mark.of.every((each) => bears(seen, each));
  }
};

export const fitsAll = (answer: Answer, marks: readonly Mark[]): boolean => {
  const seen = bearingOf(answer);
  return marks.every((mark) => bears(seen, mark));
};
