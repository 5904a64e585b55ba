import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
let queueAway = false;
let asked = 0;
beforeAll(async () => {
  const ask = async () => {
    if (queueAway) throw new Error('away');
    asked += 1;
  };
  api = await startApi({ deps: { asker: { ask } } });
});
afterAll(() => api[Symbol.asyncDispose]());

const create = async (): Promise<string> => {
  const made = await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com/' } });
  asked = 0;
  return made.body.id;
};
const check = (id: string) => api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/check`);

test('of many who ask for a look at once one is heard, and the next one ten seconds later', async () => {
  const id = await create();
  const before = await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}`);
  const answers = await Promise.all(Array.from({ length: 5 }, () => check(id)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 429, 429, 429, 429]);
  expect(asked).toBe(1);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.body).toMatchObject({ code: 'check-too-soon', status: 429 });
  const seconds = Number(refused?.headers['retry-after']);
  expect(seconds).toBeGreaterThan(5);
  expect(seconds).toBeLessThanOrEqual(10);
  expect((await check(await create())).status).toBe(202); // another monitor has its own turn
  await api.sql.query(`UPDATE monitor SET asked_at = asked_at - interval '10 seconds' WHERE id = $1`, [id]);
  expect((await check(id)).status).toBe(202);
  const after = await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}`);
  expect(after.headers.etag).toBe(before.headers.etag);
});

test('a look that could not be asked for may be asked for again at once', async () => {
  const id = await create();
  queueAway = true;
  expect((await check(id)).status).toBe(503);
  queueAway = false;
  expect((await check(id)).status).toBe(202);
});
