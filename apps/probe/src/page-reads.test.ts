import { createServer, type RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { parseDialRules } from '@farwatch/checker';
import { expect, test } from 'vitest';
import { answerPageRead } from './page-reads.ts';
import { mostPageBytes } from './read-page.ts';

const serve = async (answer: RequestListener) => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
const read = (url: string, allowed = '127.0.0.0/8') =>
  answerPageRead({ url }, { userAgent: 'Farwatch/0.1', dialRules: parseDialRules(allowed) });
const urlset = (urls: readonly string[]): string =>
  `<urlset>${urls.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`;

test('a site’s robots.txt leads to an index, a redirect and a gzipped sitemap', async () => {
  await using site = await serve((request, response) => {
    const { host } = request.headers;
    const at = (path: string): string => `http://${host}${path}`;
    const pages: Record<string, () => unknown> = {
      '/robots.txt': () => response.end(`User-agent: *\nSitemap: ${at('/index.xml')}`),
      '/index.xml': () =>
        response.end(
          `<sitemapindex>${['/moved.xml', '/gone.xml', '/index.xml'].map((path) => `<sitemap><loc>${at(path)}</loc></sitemap>`).join('')}</sitemapindex>`,
        ),
      '/moved.xml': () => response.writeHead(301, { location: '/pages.xml.gz' }).end(),
      '/pages.xml.gz': () => response.end(gzipSync(urlset(['https://a.example/', 'https://a.example/b']))),
    };
    (pages[request.url ?? ''] ?? (() => response.writeHead(404).end()))();
  });
  expect(await read(`${site.url}/`)).toEqual({
    kind: 'sitemap',
    urls: ['https://a.example/', 'https://a.example/b'],
    notes: [`Left out: ${site.url}/gone.xml answered 404.`],
  });
});

test('without robots.txt a site’s /sitemap.xml is read', async () => {
  await using site = await serve((request, response) =>
    request.url === '/sitemap.xml' ? response.end(urlset(['https://a.example/'])) : response.writeHead(404).end(),
  );
  expect(await read(site.url)).toMatchObject({ kind: 'sitemap', urls: ['https://a.example/'], notes: [] });
});

test('of a sitemap without end the first thousand pages are read, and it is said', async () => {
  const body = urlset(Array.from({ length: 40_000 }, (_, i) => `https://a.example/${i}/`.padEnd(60, 'x')));
  expect(body.length).toBeGreaterThan(2 * mostPageBytes);
  await using site = await serve((_, response) => response.end(body));
  const answer = await read(`${site.url}/sitemap.xml`);
  expect(answer).toMatchObject({ kind: 'sitemap', notes: [expect.stringContaining('first 1000 pages')] });
  expect(answer.kind === 'sitemap' ? answer.urls.length : 0).toBe(1_000);
});

test('a zip bomb is read to its bound only', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1_024 * 1_024, 32));
  await using site = await serve((_, response) => response.end(bomb));
  expect(await read(`${site.url}/sitemap.xml.gz`)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('is no sitemap'),
  });
});

test('indexes that lead to ever more indexes come to an end', async () => {
  let asked = 0;
  await using site = await serve(({ headers }, response) => {
    asked++;
    const further = Array.from(
      { length: 30 },
      (_, i) => `<sitemap><loc>http://${headers.host}/${asked}-${i}.xml</loc></sitemap>`,
    );
    response.end(`<sitemapindex>${further.join('')}</sitemapindex>`);
  });
  expect(await read(`${site.url}/sitemap.xml`)).toMatchObject({ kind: 'failed' });
  expect(asked).toBeLessThanOrEqual(50);
});

test('what the guard forbids is not dialled, not even behind a redirect', async () => {
  let inside = 0;
  await using secret = await serve((_, response) => {
    inside++;
    response.end(urlset(['https://a.example/']));
  });
  expect(await read(`${secret.url}/sitemap.xml`, '')).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('ADDRESS_DENIED'),
  });
  const port = new URL(secret.url).port;
  await using site = await serve((_, response) =>
    response.writeHead(302, { location: `http://127.0.0.2:${port}/sitemap.xml` }).end(),
  );
  expect(await read(`${site.url}/sitemap.xml`, '127.0.0.1/32')).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('ADDRESS_DENIED'),
  });
  expect(inside).toBe(0);
});

test('who redirects for ever is left', async () => {
  await using site = await serve((_, response) => response.writeHead(302, { location: '/sitemap.xml' }).end());
  expect(await read(`${site.url}/sitemap.xml`)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('redirects too often'),
  });
});
