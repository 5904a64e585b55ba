import { maxUrlLength } from '@farwatch/domain';
import { type Head, valuesOf } from './http-answer.ts';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where an answer leads: null = nowhere, it is the final one; `invalid` = to something that can't be asked for. */
export const nextUrl = (head: Head, from: URL): URL | 'invalid' | null => {
  if (!redirects.has(head.status)) return null;
  const location = valuesOf(head, 'location')[0] ?? '';
  if (location === '') return null;
  const url = URL.parse(location, from);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return 'invalid';
  return url.hostname === '' || url.href.length > 4 * maxUrlLength ? 'invalid' : url;
};
