import type { PageAnswer, PageRead } from '@farwatch/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
let asked: PageRead[] = [];
let answer: (read: PageRead) => Promise<void> = async () => undefined;
beforeAll(async () => {
  const ask = async (read: PageRead): Promise<void> => {
    asked.push(read);
    await answer(read);
  };
  api = await startApi({ deps: { pageAsker: { ask } } });
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  asked = [];
  await api.sql.query('DELETE FROM monitor');
});

const preview = (text: string, format = 'sitemap', key = api.mine.writer) =>
  api.call(key, 'POST', '/v1/monitor-imports/preview', { body: { text, format } });
const answers =
  (what: PageAnswer) =>
  ({ readId }: PageRead): Promise<void> =>
    api.deps.pageReads.answered(api.sql, readId, what);

test('a sitemap is read by a probe and becomes monitors that their paths tell apart', async () => {
  answer = answers({
    kind: 'sitemap',
    urls: ['https://a.example/', 'https://a.example/b', 'http://10.0.0.1/'],
    notes: ['Cut\0.'],
  });
  const { status, body } = await preview('a.example');
  expect([status, body.format, body.notes]).toEqual([200, 'sitemap', ['Cut.']]);
  expect(body.items).toMatchObject([
    { monitor: { url: 'https://a.example/', name: 'a.example' }, fault: null },
    { monitor: { url: 'https://a.example/b', name: 'a.example/b' }, fault: null },
    { monitor: null, fault: expect.stringContaining('not allowed') },
  ]);
  expect(asked).toMatchObject([{ kind: 'sitemap', url: 'https://a.example/', region: expect.any(String) }]);
  expect((await api.sql.query('SELECT FROM page_read')).rowCount).toBe(0);
});

test('the address of a sitemap is taken for one; a list of sites is not', async () => {
  answer = answers({ kind: 'sitemap', urls: ['https://a.example/'], notes: [] });
  expect((await preview('https://a.example/post-sitemap1.xml.gz', 'auto')).body.format).toBe('sitemap');
  expect((await preview('https://a.example/', 'auto')).body.format).toBe('lines');
  expect((await preview('https://a.example/sitemap.xml\nb.example', 'auto')).body.format).toBe('lines');
});

test('what cannot be read says why', async () => {
  answer = answers({ kind: 'failed', reason: 'https://a.example/sitemap.xml answered 404' });
  expect((await preview('https://a.example')).body).toMatchObject({
    ...{ status: 422, code: 'import-unreadable', detail: expect.stringContaining('answered 404') },
  });
});

test.each(['http://127.1.2.3.4.5/', 'not a url', 'http://169.254.169.254/latest', 'http://10.0.0.1/sitemap.xml'])(
  'no probe is asked for %s',
  async (text) => {
    expect((await preview(text)).body).toMatchObject({ status: 422, code: 'import-unreadable' });
    expect(asked).toEqual([]);
  },
);

test('one is read at a time for an organisation, and the queue’s absence is said', async () => {
  let inside: Awaited<ReturnType<typeof preview>>[] = [];
  answer = async (read) => {
    if (inside.length === 0) {
      inside = [await preview('b.example')];
      await answers({ kind: 'sitemap', urls: ['https://a.example/'], notes: [] })(read);
    }
  };
  expect((await preview('a.example')).status).toBe(200);
  expect(inside).toMatchObject([{ status: 429, body: { code: 'sitemap-being-read' } }]);
  answer = () => Promise.reject(new Error('the queue is away'));
  expect((await preview('a.example')).body).toMatchObject({ status: 503, code: 'probe-unavailable' });
  expect((await preview('a.example', 'sitemap', api.mine.reader)).status).toBe(403);
});

test('an answer comes once, and to nobody when the read is gone', async () => {
  const id = '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e';
  const { pageReads } = api.deps;
  await pageReads.answered(api.sql, id, { kind: 'failed', reason: 'late' });
  expect(await pageReads.answerOf(api.sql, id)).toBeNull();
  await api.db.transaction((tx) => pageReads.begin(tx, { id, organisationId: api.mine.id, since: new Date(0) }));
  await pageReads.answered(api.sql, id, { kind: 'failed', reason: 'first' });
  await pageReads.answered(api.sql, id, { kind: 'failed', reason: 'second' });
  expect(await pageReads.answerOf(api.sql, id)).toEqual({ kind: 'failed', reason: 'first' });
});
