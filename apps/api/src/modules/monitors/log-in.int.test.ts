import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseKeyring } from '../../keyring.ts';
import { reseal, sealedPlaces } from '../../reseal.ts';
import { type Api, regionTokens, startApi } from '../api.fixture.ts';

const key = (fill: number): string => Buffer.alloc(32, fill).toString('base64');

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.sql.query('DELETE FROM monitor'));

const auth = { kind: 'basic', username: 'ada', password: 'three quiet lighthouses' };
const create = async (body: object = {}) =>
  (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com/a', auth, ...body } }))
    .body;
const patch = (id: string, body: object) => api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body });
const pulled = async () =>
  (await api.call(`Bearer ${regionTokens.fra}`, 'GET', '/v1/probe/assignments')).body.assignments;
const kinds = async (id: string) =>
  (await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/changes`)).body.items.map(
    ({ kind }: { kind: string }) => kind,
  );

describe('a log-in', () => {
  test.each(['https://elsewhere.example/', 'http://example.com/a', 'https://example.com:8443/a'])(
    'is not taken along to %s',
    async (url) => {
      const { id } = await create();
      const { status, body } = await patch(id, { url });
      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ pointer: '/auth' })]]);
      expect(await pulled()).toMatchObject([{ url: 'https://example.com/a' }]);
      expect((await patch(id, { url, auth: null })).status).toBe(200);
      expect((await pulled())[0]).not.toHaveProperty('secret');
    },
  );

  test.each([
    { origin: 'https://elsewhere.example' },
    { resolvers: ['9.9.9.9'] },
    { hostHeader: 'elsewhere.example' },
    { serverName: 'elsewhere.example' },
  ])('is not led elsewhere by %j', async (connection) => {
    const { id } = await create();
    const { status, body } = await patch(id, { connection });
    expect([status, body.errors?.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([400, ['/auth']]);
    expect((await patch(id, { connection, auth })).status).toBe(200);
    expect((await patch(id, { connection, name: 'As it was' })).status).toBe(200);
    const back = { origin: null, resolvers: [], hostHeader: null, serverName: null };
    expect((await patch(id, { connection: { ...back, httpVersion: '1.1', family: 'ipv4' } })).status).toBe(200);
  });

  test('stays with its origin, and goes to another one when it is entered again', async () => {
    const { id } = await create();
    expect((await patch(id, { url: 'HTTPS://EXAMPLE.com:443/b?c' })).status).toBe(200);
    expect((await patch(id, { url: 'https://elsewhere.example/', auth })).status).toBe(200);
    expect(await pulled()).toMatchObject([{ url: 'https://elsewhere.example/', secret: { name: 'authorization' } }]);
    const none = await create({ auth: null });
    expect((await patch(none.id, { url: 'https://elsewhere.example/' })).status).toBe(200);
  });

  test('that is set again as it was is no other question', async () => {
    const { id } = await create();
    await patch(id, { auth: { password: auth.password, kind: 'basic', username: 'ada' } });
    expect(await kinds(id)).toEqual([]);
    await patch(id, { auth: { ...auth, password: 'another' } });
    expect(await kinds(id)).toEqual(['changed']);
  });

  test('that can’t be opened any more is replaced by the one that is given', async () => {
    const { id } = await create();
    await api.sql.query("UPDATE monitor SET auth_sealed = 'v1.gone.x.y.z' WHERE id = $1", [id]);
    expect(await pulled()).toEqual([]);
    expect((await patch(id, { auth })).status).toBe(200);
    expect(await pulled()).toHaveLength(1);
  });

  test('is not lost when the master key is changed while its monitor is', async () => {
    const { id } = await create();
    const both = parseKeyring(`${key(9)},${key(7)}`);
    const { regions } = api.deps;
    const { list } = regions;
    let resealed: Promise<unknown> = Promise.resolve();
    let ended = false;
    // Between the monitor's lock and its update: the ground that it is judged by is read then.
    const once: typeof list = async (tx) => {
      Object.assign(regions, { list });
      const [, monitors] = sealedPlaces;
      resealed = reseal({ db: api.db, keyring: both }, monitors).finally(() => {
        ended = true;
      });
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      const stands = async () => ended || ((await api.sql.query(waiting)).rowCount ?? 0) > 0;
      await expect.poll(stands, { timeout: 10_000 }).toBe(true);
      return list(tx);
    };
    Object.assign(regions, { list: once });
    expect((await patch(id, { name: 'Renamed' })).status).toBe(200);
    expect(await resealed).toEqual({ count: 1, unopened: [] });
    const { rows } = await api.sql.query<{ sealed: string }>('SELECT auth_sealed AS sealed FROM monitor');
    const context = { table: 'monitor', organisationId: api.mine.id, rowId: id };
    expect(JSON.parse(parseKeyring(key(9)).open(rows[0]?.sealed ?? '', context))).toEqual(auth);
  });
});
