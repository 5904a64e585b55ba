import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';
import { addPerson } from '../person.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

let people = 0;
const person = async (organisation = api.mine) => {
  people++;
  const { key } = await addPerson(api, organisation, `person${people}`);
  // A browser's own page: a write with a session must come from one.
  const headers = { 'sec-fetch-site': 'same-origin' };
  return (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    api.call(key, method, `/v1/saved-views${path}`, body === undefined ? { headers } : { body, headers });
};
const shops = { place: 'monitors', name: 'Shops', search: { tag: 'shop', status: 'down' } };
type Named = Readonly<{ name: string; own: boolean; isDefault: boolean }>;

test('a person saves, renames, opens and deletes a view; nobody else sees it', async () => {
  const [ada, bob] = [await person(), await person()];
  const made = await ada('POST', '', shops);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ ...shops, visibility: 'private', isDefault: false, own: true });
  expect(made.headers.location).toBe(`/v1/saved-views/${made.body.id}`);
  const path = `/${made.body.id}`;
  expect((await bob('GET', '')).body.items).toEqual([]);
  expect((await bob('PATCH', path, { name: 'x' })).status).toBe(404);
  expect((await bob('DELETE', path)).status).toBe(404);
  expect((await ada('PATCH', path, { name: 'All shops' })).body).toMatchObject({
    name: 'All shops',
    place: 'monitors',
  });
  expect((await ada('GET', '?place=incidents')).body.items).toEqual([]);
  expect((await ada('GET', '?place=monitors')).body.items).toHaveLength(1);
  expect((await ada('DELETE', path)).status).toBe(204);
  expect((await ada('DELETE', path)).status).toBe(404);
});

test('a shared view is seen by the organisation and by no other, and changed by its maker alone', async () => {
  const [ada, bob, eve] = [await person(), await person(), await person(api.other)];
  const { body } = await ada('POST', '', { ...shops, name: 'For all', visibility: 'shared', isDefault: true });
  const seen = (await bob('GET', '')).body.items.find(({ name }: Named) => name === 'For all');
  expect(seen).toMatchObject({ own: false, isDefault: false });
  expect((await api.call(api.mine.reader, 'GET', '/v1/saved-views')).body.items).toHaveLength(1);
  expect((await bob('PATCH', `/${body.id}`, { name: 'Mine' })).status).toBe(404);
  expect((await eve('GET', '')).body.items).toEqual([]);
  expect((await eve('DELETE', `/${body.id}`)).status).toBe(404);
  await ada('DELETE', `/${body.id}`);
});

test('a name is there once for each person and list, and one view is the default', async () => {
  const [ada, bob] = [await person(), await person()];
  const first = await ada('POST', '', { ...shops, isDefault: true });
  const again = await ada('POST', '', shops);
  expect([again.status, again.body.code, again.body.errors[0].pointer]).toEqual([409, 'name-taken', '/name']);
  expect((await ada('POST', '', { ...shops, place: 'incidents' })).status).toBe(201);
  expect((await bob('POST', '', shops)).status).toBe(201);
  const second = await ada('POST', '', { ...shops, name: 'Blogs', isDefault: true });
  expect((await ada('PATCH', `/${second.body.id}`, { name: 'Shops' })).status).toBe(409);
  const defaults = (await ada('GET', '?place=monitors')).body.items.filter(({ isDefault }: Named) => isDefault);
  expect(defaults.map(({ name }: Named) => name)).toEqual(['Blogs']);
  expect((await ada('PATCH', `/${first.body.id}`, { isDefault: true })).body.isDefault).toBe(true);
});

test('two views made the default at once: one of them is', async () => {
  const ada = await person();
  const ids: string[] = [];
  for (const name of ['A', 'B', 'C', 'D']) ids.push((await ada('POST', '', { ...shops, name })).body.id);
  const answers = await Promise.all(ids.map((id) => ada('PATCH', `/${id}`, { isDefault: true })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const { items } = (await ada('GET', '?place=monitors')).body;
  expect(items.filter(({ isDefault }: Named) => isDefault)).toHaveLength(1);
});

test('their number is bounded, also for many requests at once', async () => {
  const ada = await person();
  const answers = await Promise.all(Array.from({ length: 53 }, (_, i) => ada('POST', '', { ...shops, name: `v${i}` })));
  const counts = Map.groupBy(answers, ({ status }) => status);
  expect([counts.get(201)?.length, counts.get(409)?.length]).toEqual([50, 3]);
  expect(counts.get(409)?.[0]?.body.code).toBe('too-many-saved-views');
});

test('an API key has none of its own, and one that may only read writes nothing', async () => {
  const post = (key: string) => api.call(key, 'POST', '/v1/saved-views', { body: shops });
  expect((await post(api.mine.writer)).body.code).toBe('no-account');
  expect((await post(api.mine.reader)).status).toBe(403);
});

test.each([
  ['a place that is none', { ...shops, place: 'mails' }],
  ['a name of spaces', { ...shops, name: '   ' }],
  ['search that is no text', { ...shops, search: { tag: 1 } }],
  ['too long a value', { ...shops, search: { tag: 'x'.repeat(501) } }],
])('%s is refused', async (_, body) => {
  const ada = await person();
  expect((await ada('POST', '', body)).status).toBe(400);
});
