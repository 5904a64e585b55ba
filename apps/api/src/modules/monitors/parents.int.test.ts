import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

const post = (key: string, parents: readonly string[]) =>
  api.call(key, 'POST', '/v1/monitors', { body: { url: 'https://shop.example/', regions: ['fra'], parents } });
const add = async (...parents: readonly string[]): Promise<string> => (await post(api.mine.writer, parents)).body.id;
const setParents = (id: string, parents: readonly string[]) =>
  api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body: { parents } });

test('a monitor names its parents; one that is deleted is named no more', async () => {
  const [router, power] = [await add(), await add()];
  const made = await post(api.mine.writer, [power, router]);
  expect(made.body.parents).toEqual([router, power].toSorted());
  expect((await setParents(made.body.id, [router])).body.parents).toEqual([router]);
  const renamed = await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${made.body.id}`, { body: { name: 'x' } });
  expect(renamed.body.parents).toEqual([router]);
  await api.call(api.mine.writer, 'DELETE', `/v1/monitors/${router}`);
  expect((await api.call(api.mine.reader, 'GET', `/v1/monitors/${made.body.id}`)).body.parents).toEqual([]);
});

test('what is not there, or another organisation’s, is refused by its place', async () => {
  const [mine, foreign] = [await add(), (await post(api.other.writer, [])).body.id];
  const answer = await post(api.mine.writer, [mine, foreign]);
  expect([answer.status, answer.body.errors]).toMatchObject([
    400,
    [{ pointer: '/parents/1', code: 'unknown-monitor' }],
  ]);
});

test('no circle, however long, also when two are closed at once', async () => {
  const top = await add();
  const middle = await add(top);
  const bottom = await add(middle);
  for (const [id, parent] of [
    [top, bottom],
    [top, middle],
    [top, top],
  ] as const) {
    const answer = await setParents(id, [parent]);
    expect([answer.status, answer.body.errors]).toMatchObject([
      400,
      [{ pointer: '/parents/0', code: 'parent-circle' }],
    ]);
  }
  const [a, b] = [await add(), await add()];
  const both = await Promise.all([setParents(a, [b]), setParents(b, [a])]);
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 400]);
});
