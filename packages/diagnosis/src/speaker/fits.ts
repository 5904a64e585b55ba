import type { Answer } from '../case.ts';
import type { Mark } from '../products/product.ts';

const lower = (text: string): string => text.toLowerCase();
const maxBody = 65_536;

export const titleOf = (body: string): string | null => {
  const begin = lower(body.slice(0, maxBody)).indexOf('<title');
  if (begin < 0) return null;
  const open = body.indexOf('>', begin);
  const end = open < 0 ? -1 : lower(body.slice(open, open + 2_000)).indexOf('</title');
  return end < 0
    ? null
    : body
        .slice(open + 1, open + end)
        .replaceAll(/\s+/gu, ' ')
        .trim();
};

/** Whether the named headers came in this order, others between them or not. */
const inOrder = ({ headers }: Answer, names: readonly string[]): boolean => {
  const places = names.map((name) => headers.findIndex(([each]) => lower(each) === lower(name)));
  return places.every((place, n) => place >= 0 && (n === 0 || place > (places[n - 1] ?? -1)));
};

/** Whether an answer bears a mark. */
export const fits = (answer: Answer, mark: Mark): boolean => {
  const { headers, body, reason, status } = answer;
  switch (mark.kind) {
    case 'header':
      return headers.some(([name, value]) => lower(name) === lower(mark.name) && (mark.value?.test(value) ?? true));
    case 'only-header': {
      const found = headers.filter(([name]) => lower(name) === lower(mark.name));
      return found.length === 1 && found.every(([, value]) => mark.value.test(value));
    }
    case 'header-case':
      return headers.some(([name]) => name === mark.name);
    case 'header-order':
      return inOrder(answer, mark.names);
    case 'no-header':
      return !headers.some(([name]) => lower(name) === lower(mark.name));
    case 'body':
      return mark.has.test(body.slice(0, maxBody));
    case 'title':
      return mark.is.test(titleOf(body) ?? '');
    case 'reason':
      return reason !== null && mark.is.test(reason);
    case 'status':
      return status !== null && mark.of.includes(status);
    case 'all':
      return mark.of.every((each) => fits(answer, each));
  }
};
export const fitsAll = (answer: Answer, marks: readonly Mark[]): boolean => marks.every((mark) => fits(answer, mark));
