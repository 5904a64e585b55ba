import type { Mark } from '../products/product.ts';
import type { Bearing } from './fits.ts';

const most = 70;
const short = (text: string): string => {
  const plain = text.replaceAll(/\s+/gu, ' ').trim();
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
};
const withoutTags = (text: string): string => text.replaceAll(/<[^<>]{0,300}>|<[^<>]{0,300}$/gu, ' ');

const headerWords = ({ answer }: Bearing, name: string, value?: RegExp): string => {
  const found = answer.headers.find(
    ([each, given]) => each.toLowerCase() === name.toLowerCase() && (value?.test(given) ?? true),
  );
  return found === undefined ? `header ${name}` : `header ${found[0]}: ${short(found[1])}`;
};
const bodyWords = ({ body }: Bearing, has: RegExp): string => {
  if (body.trim() === '') return 'no page';
  const words = short(withoutTags(has.exec(body)?.[0] ?? ''));
  return words === '' ? "the page's markup" : `the page's words “${words}”`;
};

/** What only narrows another mark is not worth telling. */
const tells = ({ kind }: Mark): boolean => kind !== 'status' && kind !== 'no-header' && kind !== 'header-order';

/** A mark as people read it, with what was seen of it. */
export const markWords = (seen: Bearing, mark: Mark): string => {
  switch (mark.kind) {
    case 'header':
    case 'only-header':
      return headerWords(seen, mark.name, mark.value);
    case 'header-case':
      return `header ${mark.name}`;
    case 'header-order':
      return `headers in the order ${mark.names.join(', ')}`;
    case 'no-header':
      return `no header ${mark.name}`;
    case 'body':
      return bodyWords(seen, mark.has);
    case 'title':
      return `the page's title “${short(seen.title)}”`;
    case 'reason':
      return `the reason phrase “${short(seen.answer.reason ?? '')}”`;
    case 'status':
      return `status ${seen.answer.status}`;
    case 'all': {
      const told = mark.of.filter(tells);
      return (told.length === 0 ? mark.of : told).map((each) => markWords(seen, each)).join(' and ');
    }
  }
};
