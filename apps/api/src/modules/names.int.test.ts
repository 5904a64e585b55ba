import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Api, startApi } from './api.fixture.ts';
import { addPerson } from './person.fixture.ts';

let api: Api;
let person: Awaited<ReturnType<typeof addPerson>>;
beforeAll(async () => {
  api = await startApi();
  person = await addPerson(api, api.mine, 'Ada');
});
afterAll(() => api[Symbol.asyncDispose]());

const invisible = '\u200b\u2060\ufeff\u00ad \u0301';
const detail = 'This needs at least one character that can be seen.';
const step = { waitMs: 0, targets: [{ kind: 'everyone' }] };
const rotation = {
  ...{ name: invisible, participants: [], timeZone: 'UTC', startsAt: '2026-11-30T09:00' },
  ...{ shift: { unit: 'days', length: 1 }, window: null },
};
const window = {
  ...{ startsAt: '2026-11-29T02:00', timeZone: 'UTC', durationMs: 3_600_000, note: null, rule: null },
  ...{ appliesTo: { kind: 'all' }, countsAs: 'excluded' },
};

test.each([
  ['POST', '/v1/monitors', { url: 'https://shop.example/', name: invisible }, '/name'],
  ['POST', '/v1/channels', { name: invisible, target: { kind: 'email', address: 'ops@shop.example' } }, '/name'],
  ['POST', '/v1/escalation-policies', { name: invisible, steps: [step] }, '/name'],
  ['POST', '/v1/on-call-schedules', { name: invisible, rotations: [rotation] }, '/name'],
  ['POST', '/v1/maintenance-windows', { ...window, name: invisible }, '/name'],
  ['POST', '/v1/saved-views', { place: 'monitors', name: invisible, search: {}, visibility: 'private' }, '/name'],
  ['POST', '/v1/marks', { kind: 'note', text: invisible }, '/text'],
] as const)('%s %s takes no name that nobody can see', async (method, url, body, pointer) => {
  const { status, body: problem } = await api.call(person.key, method, url, { body, headers: person.headers });
  expect([status, problem.errors]).toMatchObject([
    400,
    expect.arrayContaining([expect.objectContaining({ pointer, detail })]),
  ]);
});

test('a name that was stored before is read as it is', async () => {
  const given = { url: 'https://shop.example/', name: 'Shop' };
  const { id } = (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: given })).body;
  await api.sql.query('UPDATE monitor SET name = $2 WHERE id = $1', [id, invisible]);
  expect((await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}`)).body.name).toBe(invisible);
  // What else is set of it can still be changed.
  const patched = await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body: { intervalMs: 60_000 } });
  expect([patched.status, patched.body.name]).toEqual([200, invisible]);
});
