import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Sql } from '../../db.ts';
import { type Api, startApi } from '../api.fixture.ts';
import { lockStates } from './state-store.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const waiting = async (): Promise<number> => {
  const { rows } = await api.sql.query(
    `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  );
  return rows.length;
};
const create = async (): Promise<string> =>
  (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com/' } })).body.id;

test('a worker that waited while a monitor was paused does not judge it', async () => {
  const id = await create();
  let judging: Promise<readonly unknown[]> = Promise.resolve([]);
  await api.db.transaction(async (tx: Sql) => {
    await api.deps.monitors.lock(tx, { organisationId: api.mine.id, id });
    judging = api.db.transaction((other) => lockStates(other, [id]));
    await expect.poll(waiting).toBe(1);
    await api.deps.monitors.setPaused(tx, id, new Date());
    await api.deps.monitors.resetState(tx, id, { incident: null, begins: true, now: new Date() });
  });
  expect(await judging).toEqual([]);
});

test('two changes at once are both kept', async () => {
  const id = await create();
  const patch = (body: object) => api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body });
  const answers = await Promise.all([
    patch({ name: 'Renamed' }),
    patch({ maxRedirects: 3 }),
    patch({ intervalMs: 60_000 }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { body } = await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}`);
  expect(body).toMatchObject({ name: 'Renamed', maxRedirects: 3, intervalMs: 60_000 });
});
