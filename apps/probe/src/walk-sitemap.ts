import { mostPageUrls, type PageAnswer } from '@farwatch/contracts';
import type { PageText } from './read-page.ts';
import { readSitemap, sitemapsOfRobots } from './sitemap.ts';

export type ReadText = (url: string) => Promise<PageText>;

const mostFiles = 50;
const mostDepth = 3;

const looksLikeSitemap = (url: string): boolean => /sitemap|\.(?:xml|txt)(?:\.gz)?$/iu.test(new URL(url).pathname);

/** Where to begin: the address itself, or what its site's robots.txt names, or where a sitemap usually is. */
const beginnings = async (url: string, read: ReadText): Promise<readonly string[]> => {
  if (looksLikeSitemap(url)) return [url];
  const robots = await read(new URL('/robots.txt', url).href);
  const named = robots.ok ? sitemapsOfRobots(robots.text) : [];
  return named.length > 0 ? named : [new URL('/sitemap.xml', url).href];
};

type Walk = { pages: Set<string>; faults: string[]; cut: boolean; more: boolean };

const take = async (url: string, read: ReadText, walk: Walk): Promise<readonly string[]> => {
  const page = await read(url);
  if (!page.ok) {
    walk.faults.push(page.reason);
    return [];
  }
  const sitemap = readSitemap(page.text);
  if (sitemap === null) {
    walk.faults.push(`${url} is no sitemap`);
    return [];
  }
  walk.cut ||= page.cut;
  for (const one of sitemap.pages) {
    if (walk.pages.size >= mostPageUrls) walk.more ||= !walk.pages.has(one);
    else walk.pages.add(one);
  }
  return sitemap.sitemaps;
};

const short = (text: string): string => text.slice(0, 500);
const answerOf = ({ pages, faults, cut, more }: Walk, left: boolean): PageAnswer => {
  if (pages.size === 0) return { kind: 'failed', reason: short(faults[0] ?? 'The sitemap names no page') };
  const notes = [
    ...(more || left || cut ? [`The sitemap names more than was read: these are its first ${pages.size} pages.`] : []),
    ...faults.slice(0, 10).map((fault) => short(`Left out: ${fault}.`)),
  ];
  return { kind: 'sitemap', urls: [...pages], notes };
};

/** The pages that a site's sitemaps name: index files are followed, bounded in depth, files and pages. */
export const walkSitemap = async (url: string, read: ReadText): Promise<PageAnswer> => {
  const walk: Walk = { pages: new Set(), faults: [], cut: false, more: false };
  const waiting = (await beginnings(url, read)).map((at) => ({ at, depth: 0 }));
  const seen = new Set<string>();
  while (waiting.length > 0 && seen.size < mostFiles && !walk.more) {
    const next = waiting.shift();
    if (next === undefined || seen.has(next.at)) continue;
    seen.add(next.at);
    const further = await take(next.at, read, walk);
    if (next.depth < mostDepth)
      for (const at of further.slice(0, mostFiles)) waiting.push({ at, depth: next.depth + 1 });
  }
  return answerOf(
    walk,
    waiting.some(({ at }) => !seen.has(at)),
  );
};
