import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const minute = 60_000;
const iso = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString();
const mark = (body: object) =>
  api.call(api.mine.writer, 'POST', '/v1/marks', { body: { kind: 'deploy', text: 'v1', ...body } });
const addMonitor = async (tags: readonly string[] = []): Promise<string> => {
  const body = { url: 'https://shop.example/', regions: ['fra'], tags };
  return (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body })).body.id;
};
const texts = async (query: string): Promise<readonly string[]> =>
  (await api.call(api.mine.reader, 'GET', `/v1/marks?${query}`)).body.items.map(({ text }: { text: string }) => text);

test('a key sets a mark, and its organisation takes it back', async () => {
  const first = await mark({ text: 'v1.42' });
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ kind: 'deploy', text: 'v1.42', appliesTo: { kind: 'all' }, author: 'API key' });
  expect(first.headers.location).toBe(`/v1/marks/${first.body.id}`);
  const url = `/v1/marks/${first.body.id}`;
  expect((await api.call(api.other.writer, 'DELETE', url)).status).toBe(404);
  expect((await api.call(api.mine.writer, 'DELETE', url)).status).toBe(204);
  expect((await api.call(api.mine.writer, 'DELETE', url)).status).toBe(404);
});

test('a monitor has the marks that are for it, for one of its tags and for all, newest first, page by page', async () => {
  const [shop, other] = [await addMonitor(['web']), await addMonitor()];
  await mark({ text: 'all', at: iso(-50 * minute) });
  await mark({ text: 'tag', at: iso(-40 * minute), appliesTo: { kind: 'tags', tags: ['web', 'db'] } });
  await mark({
    text: 'shop',
    at: iso(-30 * minute),
    kind: 'config',
    appliesTo: { kind: 'monitors', monitorIds: [shop] },
  });
  expect(await texts(`monitorId=${shop}`)).toEqual(['shop', 'tag', 'all']);
  expect(await texts(`monitorId=${other}`)).toEqual(['all']);
  expect(await texts(`monitorId=${shop}&kind=config`)).toEqual(['shop']);
  expect(await texts(`monitorId=${shop}&from=${iso(-45 * minute)}&to=${iso(-35 * minute)}`)).toEqual(['tag']);
  const first = await api.call(api.mine.reader, 'GET', `/v1/marks?monitorId=${shop}&limit=2`);
  expect(await texts(`monitorId=${shop}&limit=2&cursor=${first.body.next}`)).toEqual(['all']);
  expect((await api.call(api.other.reader, 'GET', `/v1/marks?monitorId=${shop}`)).body.items).toEqual([]);
});

test.each<[string, object, string]>([
  ['31 days ago', { at: iso(-31 * 24 * 60 * minute) }, '/at'],
  ['tomorrow', { at: iso(24 * 60 * minute) }, '/at'],
  [
    'of no monitor',
    { appliesTo: { kind: 'monitors', monitorIds: ['01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e'] } },
    '/appliesTo/monitorIds/0',
  ],
  ['too long', { text: 'x'.repeat(501) }, '/text'],
])('a mark %s is refused by its field', async (_, over, pointer) => {
  const answer = await mark(over);
  expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, pointer]);
});

test('an incident names what happened in the half hour before it', async () => {
  const shop = await addMonitor(['half-hour']);
  const appliesTo = { kind: 'tags', tags: ['half-hour'] };
  await mark({ text: 'long before', at: iso(-45 * minute), appliesTo });
  await mark({ text: 'just before', at: iso(-11 * minute), appliesTo });
  await mark({ text: 'after', at: iso(-5 * minute), appliesTo });
  const id = '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4f';
  const startedAt = Date.now() - 10 * minute;
  await api.sql.query(
    `INSERT INTO incident (id, organisation_id, monitor_id, started_at, cause, regions, opened_at)
     SELECT $1, $2, $3, t, '{"kind":"status","status":502}', '{fra}', t FROM to_timestamp($4::float8 / 1000) AS t`,
    [id, api.mine.id, shop, startedAt],
  );
  const { body } = await api.call(api.mine.reader, 'GET', `/v1/incidents/${id}`);
  expect(body.marks.map(({ text }: { text: string }) => text).filter((text: string) => text !== 'all')).toEqual([
    'just before',
  ]);
  expect(body.children).toEqual([]);
});
