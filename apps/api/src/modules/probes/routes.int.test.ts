import { connectionDefaults } from '@farwatch/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Api, regionTokens, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.sql.query('DELETE FROM monitor'));

const fra = `Bearer ${regionTokens.fra}`;
const pull = (etag?: string) =>
  api.call(fra, 'GET', '/v1/probe/assignments', etag === undefined ? {} : { headers: { 'if-none-match': etag } });
const create = async (body: object = {}) =>
  (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com/', ...body } })).body;

test('a region is told what it has to look at, of every organisation, and nothing more', async () => {
  const both = await create({ name: 'a secret name' });
  await create({ regions: ['iad'] });
  const answer = await pull();
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    region: 'fra',
    assignments: [
      {
        monitorId: both.id,
        url: 'https://example.com/',
        method: 'GET',
        intervalMs: 30_000,
        timeoutMs: 10_000,
        maxRedirects: 10,
        expectedStatuses: '200-399',
        regions: ['fra', 'iad'],
        headers: {},
        body: null,
        verifyTls: true,
        assertions: [],
        degradedAboveMs: null,
        connection: connectionDefaults,
      },
    ],
  });
});

test('nothing is sent again while nothing changed; every change shows', async () => {
  const { id } = await create();
  const act = (method: 'POST' | 'PATCH' | 'DELETE', suffix: string, body?: object) => () =>
    api.call(api.mine.writer, method, `/v1/monitors/${id}${suffix}`, { body });
  let etag = String((await pull()).headers.etag);
  expect((await pull(etag)).status).toBe(304);
  for (const change of [
    act('PATCH', '', { intervalMs: 60_000 }),
    act('POST', '/pause'),
    act('POST', '/resume'),
    () => create(),
    act('PATCH', '', { regions: ['iad'] }),
    act('PATCH', '', { regions: ['fra'] }),
    act('DELETE', ''),
  ]) {
    await change();
    const answer = await pull(etag);
    expect(answer.status).toBe(200);
    expect(answer.headers.etag).not.toBe(etag);
    etag = String(answer.headers.etag);
    expect((await pull(etag)).status).toBe(304);
  }
});

test('a paused monitor is not looked at', async () => {
  const { id } = await create();
  await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/pause`);
  expect((await pull()).body.assignments).toEqual([]);
});

test('a pull shows when the region was last seen', async () => {
  await pull();
  const { items } = (await api.call(api.mine.reader, 'GET', '/v1/regions')).body;
  expect(items).toMatchObject([
    { id: 'fra', lastSeenAt: expect.any(String) },
    { id: 'iad', lastSeenAt: null },
  ]);
});

const sign = {
  ...{ probeId: 'fra.1', version: '0.1.0', at: '2026-11-27T12:00:00.000Z', clockOffsetMs: null, blind: false },
  ...{ assignments: null, counts: { due: 0, open: 0, up: 0, degraded: 0, down: 0, inconclusive: 0, missed: 0 } },
};
const say = (body: object, key = fra) => api.call(key, 'POST', '/v1/probe/alive', { body: { ...sign, ...body } });
const regionNamed = async (id: string) =>
  (await api.call(api.mine.reader, 'GET', '/v1/regions')).body.items.find((region: { id: string }) => region.id === id);

test('a sign of life shows when and how the region is, and is answered with the core’s time', async () => {
  const before = Date.now();
  const { status, body } = await say({ at: new Date(before + 3_600_000).toISOString() });
  expect(status).toBe(200);
  expect(Date.parse(body.at)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(body.at)).toBeLessThanOrEqual(Date.now());
  const region = await regionNamed('fra');
  expect(Date.parse(region.lastSeenAt)).toBeGreaterThanOrEqual(before);
  expect(Math.abs(region.clockOffsetMs - 3_600_000)).toBeLessThan(2_000);
  await say({ clockOffsetMs: -7, blind: true });
  expect(await regionNamed('fra')).toMatchObject({ clockOffsetMs: -7, blind: true });
});

test('a sign of life is told that there is something to pull until it was pulled', async () => {
  const changed = async (assignments: unknown) => (await say({ assignments })).body.assignmentsChanged;
  const etag = (await pull()).headers.etag;
  expect([await changed(null), await changed(etag)]).toEqual([true, false]);
  await create();
  expect(await changed(etag)).toBe(true);
});

test('a sign of life is told which of its batches are in the database; one that asks for none is told of none', async () => {
  const [there, lost] = ['01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d50', '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d51'] as const;
  await api.sql.query('INSERT INTO stored_batch (batch_id) VALUES ($1)', [there]);
  expect((await say({ batches: [lost, there] })).body.stored).toEqual([there]);
  expect((await say({ batches: [] })).body.stored).toEqual([]);
  expect((await say({})).body).not.toHaveProperty('stored');
  expect((await say({ batches: ['x'] })).status).toBe(400);
});

test('a newer probe may say more than is known here, a stranger nothing', async () => {
  expect((await say({ mood: 'good' })).status).toBe(200);
  expect((await say({}, api.mine.writer)).status).toBe(403);
  expect((await say({ at: 'yesterday' })).status).toBe(400);
});

test('regions of the catalogue say where they are', async () => {
  expect(await regionNamed('iad')).toMatchObject({
    city: 'Ashburn',
    country: 'US',
    latitude: 39.04,
    longitude: -77.49,
  });
});

test('only a region’s token pulls, and it does nothing else', async () => {
  for (const key of [api.mine.writer, 'Bearer nonsense'])
    expect((await api.call(key, 'GET', '/v1/probe/assignments')).status).toBeGreaterThanOrEqual(401);
  expect((await api.call(fra, 'GET', '/v1/monitors')).status).toBe(403);
});

test('regions become what the configuration says: new, gone, and with each other’s tokens', async () => {
  await using own = await startApi();
  const configure = (regions: readonly { id: string; token: string }[]) =>
    own.db.transaction((tx) => own.deps.regions.configure(tx, regions));
  const ids = async () => (await own.deps.regions.list(own.sql)).map(({ id }) => id);
  await configure([
    { id: 'fra', token: regionTokens.iad },
    { id: 'iad', token: regionTokens.fra },
  ]);
  expect(await ids()).toEqual(['fra', 'iad']);
  await configure([{ id: 'sin', token: regionTokens.fra }]);
  expect(await ids()).toEqual(['sin']);
  await configure([]);
  expect(await ids()).toEqual(['sin']);
});
