import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM monitor');
  await api.sql.query('DELETE FROM escalation_policy');
});

const url = 'https://shop.example/';
const create = (body: object) => api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url, ...body } });
const patch = (id: string, body: object) => api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body });
const policy = async (key = api.mine.writer): Promise<string> => {
  const body = { name: 'Ops', steps: [{ waitMs: 0, targets: [{ kind: 'everyone' }] }] };
  return (await api.call(key, 'POST', '/v1/escalation-policies', { body })).body.id;
};

test('says who hears of it: tags, a policy, and how long an outage must last to be told', async () => {
  expect((await create({})).body).toMatchObject({ tags: [], policyId: null, alertAfterMs: 0 });
  const policyId = await policy();
  const made = (await create({ tags: ['shop', 'eu'], policyId, alertAfterMs: 120_000 })).body;
  expect(made).toMatchObject({ tags: ['shop', 'eu'], policyId, alertAfterMs: 120_000 });
  expect((await patch(made.id, { name: 'x' })).body).toMatchObject({ tags: ['shop', 'eu'], policyId });
  const cleared = (await patch(made.id, { tags: [], policyId: null, alertAfterMs: 0 })).body;
  expect(cleared).toMatchObject({ tags: [], policyId: null, alertAfterMs: 0 });
});

test('another organisation’s policy, or none, is refused like any other field', async () => {
  const foreign = await policy(api.other.writer);
  const { id } = (await create({})).body;
  for (const policyId of [foreign, randomUUIDv7()])
    for (const answer of [
      await create({ policyId, timeoutMs: 60_000 }),
      await patch(id, { policyId, timeoutMs: 60_000 }),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ pointer: '/timeoutMs', code: 'timeout-exceeds-interval' }),
        expect.objectContaining({ pointer: '/policyId', code: 'unknown-policy' }),
      ]);
    }
  expect((await api.sql.query('SELECT 1 FROM monitor')).rows).toHaveLength(1);
});

test('a policy that is deleted leaves its monitors, and they can be changed', async () => {
  const policyId = await policy();
  const { id } = (await create({ policyId })).body;
  expect((await api.call(api.mine.writer, 'DELETE', `/v1/escalation-policies/${policyId}`)).status).toBe(204);
  const renamed = await patch(id, { name: 'Still here' });
  expect([renamed.status, renamed.body.policyId]).toEqual([200, null]);
});

test('changing who hears forgets nothing of what was learnt, and asks for no new look', async () => {
  const { id } = (await create({})).body;
  await api.sql.query(`UPDATE monitor_state SET status = 'up', state = jsonb_set(state, '{from}', '7')`);
  const state = async () => (await api.sql.query('SELECT * FROM monitor_state')).rows;
  const before = await state();
  api.asked.length = 0;
  const changed = await patch(id, { tags: ['new'], policyId: await policy(), alertAfterMs: 60_000 });
  expect(changed.status).toBe(200);
  expect([await state(), api.asked]).toEqual([before, []]);
});

test('is found by any of the tags asked for', async () => {
  await create({ name: 'a', tags: ['shop'] });
  await create({ name: 'b', tags: ['blog', 'eu'] });
  await create({ name: 'c' });
  const found = async (query: string) =>
    (await api.call(api.mine.reader, 'GET', `/v1/monitors?${query}`)).body.items.map(
      ({ name }: { name: string }) => name,
    );
  expect(await found('tag=shop')).toEqual(['a']);
  expect(await found('tag=shop&tag=eu')).toEqual(['a', 'b']);
  expect(await found('tag=Shop')).toEqual([]);
  expect(await found('tag=shop&status=paused')).toEqual([]);
});

test.each([
  [{ tags: ['-x'] }, '/tags/0', 'wrong-format'],
  [{ tags: ['a', 'a'] }, '/tags', 'repeated'],
  [{ tags: ['x'.repeat(51)] }, '/tags/0', 'wrong-format'],
  [{ tags: 'shop' }, '/tags', 'wrong-type'],
  [{ policyId: 'x' }, '/policyId', 'wrong-format'],
  [{ alertAfterMs: -1 }, '/alertAfterMs', 'too-small'],
  [{ alertAfterMs: 86_400_001 }, '/alertAfterMs', 'too-large'],
])('refuses %j', async (body, pointer, code) => {
  const answer = await create(body);
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer, code }));
});
