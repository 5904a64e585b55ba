import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useErrors } from './errors.ts';
import { web } from './web.ts';

const page = '<!doctype html><title>Farwatch</title>';
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

const appOver = async (dir: string): Promise<FastifyInstance> => {
  const app = fastify();
  useErrors(app);
  await app.register(web, { dir });
  app.get('/v1/monitors', async () => ({ items: [] }));
  return app;
};

let folder: string;
let app: FastifyInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'farwatch-web-'));
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'outside');
  await writeFile(join(dist, 'index.html'), page);
  await writeFile(join(dist, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(dist, 'assets', 'index-B1x9.js'), 'export {};');
  app = await appOver(dist);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the dashboard’s files', () => {
  test('with a hash in their name are kept for a year', async () => {
    const answer = await app.inject('/assets/index-B1x9.js');
    expect([answer.statusCode, answer.body]).toEqual([200, 'export {};']);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toMatch(/^(?:text|application)\/javascript/u);
  });

  test.each(['/', '/index.html', '/favicon.svg', '/incidents/7'])(
    '%s is asked for anew each time, so that a new release is seen at once',
    async (url) => {
      const answer = await app.inject({ url, headers: html });
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(answer.headers.etag).toBeDefined();
    },
  );

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e%5c%2e%2e%5csecret.txt',
    '//etc/passwd',
    '/secret.txt%00.js',
  ])('%s does not lead out of their folder', async (url) => {
    for (const headers of [html, { accept: '*/*' }]) {
      const answer = await app.inject({ url, headers });
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.body).not.toMatch(/outside|root:/u);
      if (answer.statusCode === 200) expect(answer.body).toBe(page);
    }
  });
});

describe('the pages of the dashboard', () => {
  test.each(['/monitors', '/incidents/0199-x?tab=log', '/v1x'])('%s is the one page, for a browser', async (url) => {
    const answer = await app.inject({ url, headers: html });
    expect([answer.statusCode, answer.body]).toEqual([200, page]);
    expect(answer.headers['content-type']).toMatch(/^text\/html/u);
  });

  test.each([
    ['a program', { url: '/monitors', headers: { accept: 'application/json' } }, 404, 'not-found'],
    [
      'a lost script of an older release',
      { url: '/assets/index-old.js', headers: { accept: '*/*' } },
      404,
      'not-found',
    ],
    ['a form', { method: 'POST' as const, url: '/monitors', headers: html }, 404, 'not-found'],
    ['a browser at an unknown path of the API', { url: '/v1/nothing', headers: html }, 404, 'not-found'],
    ['a browser at the API’s root', { url: '/v1', headers: html }, 404, 'not-found'],
    ['a browser at the API’s root with a query', { url: '/v1?x=1', headers: html }, 404, 'not-found'],
    ['another method of a known path', { method: 'PUT' as const, url: '/v1/monitors' }, 405, 'method-not-allowed'],
  ])('%s gets a problem and not the page', async (_, request, status, code) => {
    const answer = await app.inject(request);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/u);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toMatchObject({ status, code });
  });
});

test('without a built dashboard the API still answers, and its absence is a problem', async () => {
  const bare = await appOver(join(folder, 'not-there'));
  expect((await bare.inject('/v1/monitors')).statusCode).toBe(200);
  expect((await bare.inject({ url: '/', headers: html })).json()).toMatchObject({ status: 404, code: 'not-found' });
  await bare.close();
});
