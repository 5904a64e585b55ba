import { maxUrlLength } from '@farwatch/domain';
import type { Head } from './http-answer.ts';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const locationOf = ({ rawHeaders }: Head): string | null => {
  const at = rawHeaders.findIndex((name, i) => i % 2 === 0 && name.toString('latin1').toLowerCase() === 'location');
  return at === -1 ? null : (rawHeaders[at + 1]?.toString('utf8') ?? '');
};

/** Where an answer leads: null = nowhere, it is the final one; `invalid` = to something that can't be asked for. */
export const nextUrl = (head: Head, from: URL): URL | 'invalid' | null => {
  if (!redirects.has(head.status)) return null;
  const location = locationOf(head);
  if (location === null || location === '') return null;
  const url = URL.parse(location, from);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return 'invalid';
  return url.hostname === '' || url.href.length > 4 * maxUrlLength ? 'invalid' : url;
};
