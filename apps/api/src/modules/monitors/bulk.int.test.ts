import type { BulkAction } from '@farwatch/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Api, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(async () => {
  await api.sql.query('DELETE FROM monitor');
  api.asked.length = 0;
});

const create = async (body: object = {}): Promise<string> =>
  (await api.call(api.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com/', ...body } })).body.id;
const bulk = (monitorIds: readonly string[], action: BulkAction, key = api.mine.writer) =>
  api.call(key, 'POST', '/v1/monitors/bulk', { body: { monitorIds, action } });
const read = async (id: string) => api.call(api.mine.reader, 'GET', `/v1/monitors/${id}`);
const listed = async (): Promise<readonly string[]> =>
  (await api.call(api.mine.reader, 'GET', '/v1/monitors')).body.items.map(({ name }: { name: string }) => name);

describe('one thing done to many monitors', () => {
  test('is answered for each, in the order asked for; strangers and unknown ids are refused alone', async () => {
    const [a, b] = [await create({ name: 'A' }), await create({ name: 'B' })];
    const unknown = '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e';
    const { status, body } = await bulk([b, unknown, a], { kind: 'pause' });
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { monitorId: b, monitor: { status: 'paused' }, problem: null },
      { monitorId: unknown, monitor: null, problem: { status: 404, code: 'not-found' } },
      { monitorId: a, monitor: { status: 'paused' }, problem: null },
    ]);
    const stranger = await bulk([a], { kind: 'resume' }, api.other.writer);
    expect(stranger.body.items).toMatchObject([{ problem: { status: 404 } }]);
    expect((await read(a)).body.status).toBe('paused');
    expect((await bulk([a], { kind: 'resume' }, api.mine.reader)).status).toBe(403);
  });

  test('tags are added to each one’s own and taken from it', async () => {
    const [a, b] = [await create({ tags: ['shop'] }), await create({ tags: ['blog', 'old'] })];
    await bulk([a, b], { kind: 'add-tags', tags: ['shop', 'eu'] });
    expect([(await read(a)).body.tags, (await read(b)).body.tags]).toEqual([
      ['shop', 'eu'],
      ['blog', 'old', 'shop', 'eu'],
    ]);
    await bulk([a, b], { kind: 'remove-tags', tags: ['old', 'eu'] });
    expect([(await read(a)).body.tags, (await read(b)).body.tags]).toEqual([['shop'], ['blog', 'shop']]);
  });

  test('what can’t be for one of them is refused for it, with the reason, and done to the others', async () => {
    const [a, b] = [await create({ intervalMs: 60_000 }), await create({ timeoutMs: 20_000 })];
    const { body } = await bulk([a, b], { kind: 'edit', patch: { intervalMs: 15_000 } });
    expect(body.items).toMatchObject([
      { monitor: { intervalMs: 15_000 }, problem: null },
      { monitor: null, problem: { status: 400, detail: expect.stringContaining('timeout') } },
    ]);
    const many = Array.from({ length: 20 }, (_, i) => `t${i}`);
    const full = await create({ tags: many });
    const tagged = await bulk([full], { kind: 'add-tags', tags: ['one-more'] });
    expect(tagged.body.items).toMatchObject([{ problem: { status: 400 } }]);
    expect((await read(full)).body.tags).toEqual(many);
  });
});

describe('a deleted monitor', () => {
  const incidentOf = async (id: string): Promise<string> => {
    const { rows } = await api.sql.query<{ id: string }>(
      `INSERT INTO incident (id, organisation_id, monitor_id, started_at, opened_at, resolved_at, end_reason, cause, regions)
       SELECT uuidv7(), organisation_id, id, now() - interval '1 hour', now() - interval '1 hour', now() - interval '50 minutes',
         'recovered', '{"kind":"status","status":502}', '{fra}' FROM monitor WHERE id = $1 RETURNING id`,
      [id],
    );
    return rows[0]?.id ?? '';
  };

  test('is gone everywhere at once, and comes back as it was, with its incidents', async () => {
    const id = await create({ name: 'Shop', tags: ['eu'], auth: { kind: 'bearer', token: 'secret-token' } });
    const child = await create({ name: 'Child', parents: [id] });
    const incidentId = await incidentOf(id);
    const before = (await read(id)).body;
    expect((await bulk([id], { kind: 'delete' })).body.items).toMatchObject([{ monitor: null, problem: null }]);
    expect((await read(id)).status).toBe(404);
    expect(await listed()).toEqual(['Child']);
    expect((await read(child)).body.parents).toEqual([]);
    const incidents = await api.call(api.mine.reader, 'GET', '/v1/incidents');
    expect(incidents.body.items).toEqual([]);
    expect((await api.call(api.mine.reader, 'GET', `/v1/incidents/${incidentId}`)).status).toBe(404);
    const { rows } = await api.sql.query('SELECT 1 FROM monitor WHERE paused_at IS NULL AND id = $1', [id]);
    expect(rows).toEqual([]); // nobody looks at it

    api.asked.length = 0;
    const back = await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/restore`);
    expect(back.status).toBe(200);
    expect(back.body).toMatchObject({
      name: 'Shop',
      tags: ['eu'],
      auth: before.auth,
      pausedAt: null,
      status: 'pending',
    });
    expect(api.asked.map(({ monitorId }) => monitorId)).toEqual([id, id]);
    expect((await api.call(api.mine.reader, 'GET', `/v1/incidents/${incidentId}`)).status).toBe(200);
    expect((await read(child)).body.parents).toEqual([id]);
    // Its secret opens again where it came from.
    const changed = await api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, {
      body: { auth: { kind: 'bearer', token: 'secret-token' } },
    });
    expect(changed.status).toBe(200);
  });

  test('that was paused comes back paused; another organisation can’t bring it back; twice is 404', async () => {
    const id = await create();
    await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/pause`);
    await api.call(api.mine.writer, 'DELETE', `/v1/monitors/${id}`);
    expect((await api.call(api.other.writer, 'POST', `/v1/monitors/${id}/restore`)).status).toBe(404);
    expect((await api.call(api.mine.reader, 'POST', `/v1/monitors/${id}/restore`)).status).toBe(403);
    const back = await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/restore`);
    expect(back.body.status).toBe('paused');
    expect((await api.call(api.mine.writer, 'POST', `/v1/monitors/${id}/restore`)).status).toBe(404);
  });

  test('is listed for a day to its own organisation alone, last deleted first, page by page', async () => {
    await using fresh = await startApi();
    const call = (key: string, method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) =>
      fresh.call(key, method, url, body === undefined ? {} : { body });
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const made = await call(fresh.mine.writer, 'POST', '/v1/monitors', { name, url: 'https://example.com/' });
      ids.push(made.body.id);
      await call(fresh.mine.writer, 'DELETE', `/v1/monitors/${made.body.id}`);
    }
    await fresh.sql.query(`UPDATE monitor SET deleted_at = now() - interval '25 hours' WHERE id = $1`, [ids[0]]);
    const first = await call(fresh.mine.reader, 'GET', '/v1/deleted-monitors?limit=1');
    expect(first.body.items).toMatchObject([{ id: ids[2], name: 'c', url: 'https://example.com/' }]);
    const [{ deletedAt, keptUntil }] = first.body.items;
    expect(Date.parse(keptUntil) - Date.parse(deletedAt)).toBe(24 * 3_600_000);
    const second = await call(fresh.mine.reader, 'GET', `/v1/deleted-monitors?limit=1&cursor=${first.body.next}`);
    expect(second.body).toMatchObject({ items: [{ id: ids[1] }], next: null });
    const back = await call(fresh.mine.reader, 'GET', `/v1/deleted-monitors?limit=1&cursor=${second.body.previous}`);
    expect(back.body.items).toEqual(first.body.items);
    expect((await call(fresh.other.reader, 'GET', '/v1/deleted-monitors')).body.items).toEqual([]);
    await call(fresh.mine.writer, 'POST', `/v1/monitors/${ids[2]}/restore`);
    const { body } = await call(fresh.mine.reader, 'GET', '/v1/deleted-monitors');
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([ids[1]]);
  });

  test('does not come back where there is no room for it', async () => {
    await using small = await startApi({ limits: { monitorsPerOrganisation: 1 } });
    const make = () => small.call(small.mine.writer, 'POST', '/v1/monitors', { body: { url: 'https://example.com/' } });
    const { id } = (await make()).body;
    await small.call(small.mine.writer, 'DELETE', `/v1/monitors/${id}`);
    expect((await make()).status).toBe(201); // a deleted one takes no room
    const back = await small.call(small.mine.writer, 'POST', `/v1/monitors/${id}/restore`);
    expect([back.status, back.body.code]).toEqual([409, 'monitor-limit']);
  });
});
