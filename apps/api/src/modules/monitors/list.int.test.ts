import { corpusThere, isName, naughtyTexts, needs } from '@farwatch/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keepResults, resultOf } from '../../world.fixture.ts';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi({ limits: { monitorsPerOrganisation: 2_000 } });
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.sql.query('DELETE FROM monitor'));

const create = async (name: string): Promise<string> => {
  const body = { name, url: `https://${encodeURIComponent(name).replaceAll(/\W/gu, '')}.example/` };
  return (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body.id;
};
const list = (query: string) => api.call(api.mine.reader, 'GET', `/v1/monitors?${query}`);
const names = (body: { items: { name: string }[] }): string => body.items.map(({ name }) => name).join('');

test('pages lead to the end and back, and what is added on the way is neither doubled nor in the way', async () => {
  for (const name of ['b', 'd', 'f', 'h', 'j']) await create(name);
  const first = (await list('limit=2')).body;
  expect([names(first), first.previous]).toEqual(['bd', null]);
  await create('a');
  await create('g');
  const second = (await list(`limit=2&cursor=${first.next}`)).body;
  expect(names(second)).toBe('fg');
  const third = (await list(`limit=2&cursor=${second.next}`)).body;
  expect([names(third), third.next]).toEqual(['hj', null]);
  const back = (await list(`limit=2&cursor=${third.previous}`)).body;
  expect(names(back)).toBe('fg');
  const start = (await list(`limit=2&cursor=${back.previous}`)).body;
  expect(names(start)).toBe('bd');
  const before = (await list(`limit=2&cursor=${start.previous}`)).body;
  expect([names(before), before.previous]).toEqual(['a', null]);
  expect(names((await list(`limit=2&cursor=${before.next}`)).body)).toBe('bd');
});

test('the Link header leads to the same pages', async () => {
  for (const name of ['a', 'b', 'c']) await create(name);
  const answer = await list('limit=1&sort=-name');
  const next = /<([^>]+)>; rel="next"/u.exec(String(answer.headers.link))?.[1] ?? '';
  const second = await api.call(api.mine.reader, 'GET', next);
  expect([names(answer.body), names(second.body)]).toEqual(['c', 'b']);
  expect(String(second.headers.link)).toContain('rel="prev"');
});

test.each([
  ['sort=name', 'abc'],
  ['sort=-name', 'cba'],
  ['sort=createdAt', 'bac'],
  ['sort=-createdAt', 'cab'],
])('%s gives %s, page by page', async (sort, expected) => {
  for (const name of ['b', 'a', 'c']) await create(name);
  let seen = '';
  for (let cursor = ''; ; ) {
    const { body } = await list(`${sort}&limit=1${cursor}`);
    seen += names(body);
    if (body.next === null) break;
    cursor = `&cursor=${body.next}`;
  }
  expect(seen).toBe(expected);
});

test('finds by part of a name or URL in any case, and by the status shown', async () => {
  await create('Shop 100%');
  const blog = await create('Blog');
  await api.call(api.mine.writer, 'POST', `/v1/monitors/${blog}/pause`);
  expect(names((await list('search=sHoP')).body)).toBe('Shop 100%');
  expect(names((await list('search=blog.example')).body)).toBe('Blog');
  expect(names((await list('search=0%25')).body)).toBe('Shop 100%');
  expect(names((await list('search=_')).body)).toBe('');
  expect(names((await list('status=paused')).body)).toBe('Blog');
  expect(names((await list('status=pending')).body)).toBe('Shop 100%');
  expect(names((await list('status=pending&status=paused')).body)).toBe('BlogShop 100%');
});

test('a cursor of another order, or one nobody made, is refused', async () => {
  await create('a');
  await create('b');
  const { next } = (await list('limit=1')).body;
  for (const query of [`sort=-name&cursor=${next}`, 'cursor=nonsense', `cursor=${btoa('["monitors name",1,"a"]')}`]) {
    const answer = await list(query);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-cursor']);
  }
});

test('the list shows the newest look of each monitor', async () => {
  const id = await create('a');
  await create('b');
  const look = (minutes: number, status: number) =>
    resultOf(id, 'up', Date.now() - minutes * 60_000, { region: 'fra', status });
  await keepResults(api.db, [look(25 * 60, 200), look(1, 204), look(2, 201)]);
  const { items } = (await list('')).body;
  expect(items.map(({ lastResult }: { lastResult: { status: number } | null }) => lastResult?.status ?? null)).toEqual([
    204,
    null,
  ]);
});

const corpus = needs('/work/shared/corpora', corpusThere);
/** Twenty at a time: there are some hundred of them. */
const eachOf = async (texts: readonly string[], work: (text: string) => Promise<void>): Promise<void> => {
  for (let i = 0; i < texts.length; i += 20) await Promise.all(texts.slice(i, i + 20).map(work));
};

corpus.test(
  'no naughty name breaks anything: it is kept as it is, found again, or refused',
  { timeout: 120_000 },
  async () => {
    const texts = [
      ...naughtyTexts(),
      '\ud800',
      'a\udfffb',
      '\u202Egnp.exe',
      '漢'.repeat(200),
      '😀'.repeat(200),
      '\u0001'.repeat(200),
    ];
    let kept = 0;
    await eachOf(texts, async (name) => {
      const body = { name, url: 'https://example.com/' };
      const answer = await api.call(api.mine.writer, 'POST', '/v1/monitors', { body });
      expect([name, answer.status]).toEqual([name, isName(name, 200) ? 201 : 400]);
      if (answer.status !== 201) return;
      kept += 1;
      const read = await api.call(api.mine.reader, 'GET', `/v1/monitors/${answer.body.id}`);
      expect(read.body.name).toBe(name);
      const found = await list(`search=${encodeURIComponent(name)}&limit=100`);
      expect(found.body.items.map(({ id }: { id: string }) => id)).toContain(answer.body.id);
    });
    let seen = 0;
    for (let cursor = ''; ; ) {
      const { status, body } = await list(`limit=7${cursor}`);
      expect(status).toBe(200);
      seen += body.items.length;
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toBe(kept);
  },
);
