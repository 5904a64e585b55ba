import { expect, test } from 'vitest';
import { readSitemap, sitemapsOfRobots } from './sitemap.ts';

test('pages of a sitemap, with the entities that XML itself knows', () => {
  const xml = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="x">
    <url><loc> https://a.example/?a=1&amp;b=2 </loc><image:image><image:loc>https://a.example/i.png</image:loc></image:image></url>
    <url><loc><![CDATA[https://a.example/c]]></loc></url><url><loc>javascript:alert(1)</loc></url><url/></urlset>`;
  expect(readSitemap(xml)).toEqual({ pages: ['https://a.example/?a=1&b=2', 'https://a.example/c'], sitemaps: [] });
});

test('an index names sitemaps; a text names one page a line', () => {
  const index = '<s:sitemapindex><s:sitemap><s:loc>https://a.example/1.xml</s:loc></s:sitemap></s:sitemapindex>';
  expect(readSitemap(index)).toEqual({ pages: [], sitemaps: ['https://a.example/1.xml'] });
  expect(readSitemap('https://a.example/\r\nhttps://a.example/b')?.pages).toHaveLength(2);
});

test('of a sitemap that was cut off, what is whole is read', () => {
  const cut = '<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url><url><lo';
  expect(readSitemap(cut)?.pages).toEqual(['https://a.example/1', 'https://a.example/2']);
});

test.each([
  ['HTML', '<!doctype html><html><body>hello</body></html>'],
  [
    'entities of its own',
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
  ],
  ['other XML', '<rss><channel/></rss>'],
  ['no XML', '<'],
  ['nothing', ''],
  ['words', 'there is nothing here'],
])('%s is no sitemap', (_, text) => expect(readSitemap(text)).toBeNull());

test('an entity is not expanded', () => {
  expect(readSitemap('<urlset><url><loc>https://a.example/&lol;</loc></url></urlset>')?.pages).toEqual([
    'https://a.example/&lol;',
  ]);
});

test('robots.txt names sitemaps, whatever the case', () => {
  expect(sitemapsOfRobots('User-agent: *\nsitemap: https://a.example/s.xml\nSitemap:/relative\nDisallow: /')).toEqual([
    'https://a.example/s.xml',
  ]);
});
