import { XMLParser } from 'fast-xml-parser';

/** What a sitemap names: pages, or further sitemaps. */
export type Sitemap = Readonly<{ pages: readonly string[]; sitemaps: readonly string[] }>;

// Entities are not expanded: whoever writes a sitemap could make a few bytes into many.
const parser = new XMLParser({
  ...{ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false, trimValues: true, processEntities: false },
  isArray: (name) => name === 'url' || name === 'sitemap',
});
const plain: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The five that XML itself knows, each once: `&amp;lt;` is the text `&lt;`. */
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/gu, (all, name) => plain[name] ?? all);

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name] // it was asked whether it has it
    : undefined;

const longestUrl = 2_048;
const urlsOf = (texts: readonly unknown[]): readonly string[] =>
  texts.flatMap((text) => {
    const url = typeof text === 'string' ? unescaped(text.trim()) : '';
    return url.length <= longestUrl && /^https?:\/\//iu.test(url) && URL.canParse(url) ? [url] : [];
  });
const locsOf = (list: unknown): readonly string[] =>
  Array.isArray(list) ? urlsOf(list.map((entry) => fieldOf(entry, 'loc'))) : [];

/** Up to the end of the last entry: half a tag would make the parser refuse all. */
const whole = (xml: string): string => {
  const end = Math.max(xml.lastIndexOf('url>') + 4, xml.lastIndexOf('sitemap>') + 8);
  return end < 8 ? xml : xml.slice(0, end);
};

/** Reads a sitemap, an index of sitemaps, or a text of one URL a line; null = it is none. The end may be cut off. */
export const readSitemap = (text: string): Sitemap | null => {
  const body = text.replace(/^\ufeff/u, '').trimStart();
  if (!body.startsWith('<')) {
    const pages = urlsOf(body.split(/\r?\n/u));
    return pages.length === 0 ? null : { pages, sitemaps: [] };
  }
  if (/<!DOCTYPE/iu.test(body)) return null; // HTML, or entities of its own: no sitemap needs one
  try {
    const read: unknown = parser.parse(whole(body));
    const [pages, index] = [fieldOf(read, 'urlset'), fieldOf(read, 'sitemapindex')];
    if (pages === undefined && index === undefined) return null;
    return { pages: locsOf(fieldOf(pages, 'url')), sitemaps: locsOf(fieldOf(index, 'sitemap')) };
  } catch {
    return null; // no XML
  }
};

/** Where a site's robots.txt says that its sitemaps are. */
export const sitemapsOfRobots = (text: string): readonly string[] =>
  urlsOf(text.split(/\r?\n/u).flatMap((line) => /^\s*sitemap\s*:\s*(\S+)/iu.exec(line)?.[1] ?? []));
