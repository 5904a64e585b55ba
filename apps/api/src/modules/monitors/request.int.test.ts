import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Api, regionTokens, startApi } from '../api.fixture.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());
beforeEach(() => api.sql.query('DELETE FROM monitor'));

const create = (body: object) => api.call(api.mine.writer, 'POST', '/v1/monitors', { body });

describe('what is asserted of an answer', () => {
  const assertions = [
    { value: 'application/json', compare: 'contains', name: 'content-type', kind: 'header' },
    { kind: 'json-number', path: '$.queue', compare: 'at-most', value: 10 },
  ];

  test('is kept as it was given, goes to the probes, and is another question when it changes', async () => {
    const { body } = await create({ url: 'https://example.com/', assertions, degradedAboveMs: 800 });
    expect(body).toMatchObject({ assertions, degradedAboveMs: 800 });
    const pulled = await api.call(`Bearer ${regionTokens.fra}`, 'GET', '/v1/probe/assignments');
    expect(pulled.body.assignments).toMatchObject([{ assertions, degradedAboveMs: 800 }]);
    const kinds = async () =>
      (await api.call(api.mine.reader, 'GET', `/v1/monitors/${body.id}/changes`)).body.items.map(
        ({ kind }: { kind: string }) => kind,
      );
    const patch = (change: object) => api.call(api.mine.writer, 'PATCH', `/v1/monitors/${body.id}`, { body: change });
    await patch({ assertions, degradedAboveMs: null });
    expect(await kinds()).toEqual([]);
    expect((await patch({ assertions: [] })).body).toMatchObject({ assertions: [], degradedAboveMs: null });
    expect(await kinds()).toEqual(['changed']);
  });

  test('is refused in words, at its place, when it can’t be', async () => {
    const wrong = [
      { kind: 'body', compare: 'matches', value: '(?=ahead)' },
      { kind: 'json', path: '$.a[', compare: 'equals', value: 'x' },
      { kind: 'json-present', path: '$[?search(@.a, "b")]', present: true },
    ];
    const { status, body } = await create({ url: 'https://example.com/', assertions: wrong });
    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/assertions/0/value',
      '/assertions/1/path',
      '/assertions/2/path',
    ]);
    const many = Array.from({ length: 17 }, () => ({ kind: 'body-size', compare: 'at-most', bytes: 1 }));
    expect((await create({ url: 'https://example.com/', assertions: many })).status).toBe(400);
    expect((await create({ url: 'https://example.com/', assertions: [{ kind: 'mood' }] })).status).toBe(400);
  });
});

describe('what a monitor asks with', () => {
  const auth = { kind: 'basic', username: 'ada', password: 'three quiet lighthouses' };
  const request = { url: 'https://example.com/', method: 'POST', headers: { 'X-Trace': '1' }, body: '{"a":1}' };
  const secrets = async () => (await api.sql.query('SELECT row_to_json(m)::text AS row FROM monitor m')).rows;
  const pulled = async () =>
    (await api.call(`Bearer ${regionTokens.fra}`, 'GET', '/v1/probe/assignments')).body.assignments;

  test('goes to the probes; its secret is sealed, and shown to nobody again', async () => {
    const answer = await create({ ...request, auth, verifyTls: false });
    expect(answer.body).toMatchObject({ ...request, auth: { kind: 'basic', name: 'ada' } });
    const value = `Basic ${Buffer.from('ada:three quiet lighthouses').toString('base64')}`;
    expect(await pulled()).toMatchObject([
      {
        method: 'POST',
        headers: request.headers,
        body: request.body,
        verifyTls: false,
        secret: { name: 'authorization', value },
      },
    ]);
    const read = await api.call(api.mine.reader, 'GET', `/v1/monitors/${answer.body.id}`);
    for (const text of [answer.text, read.text, JSON.stringify(await secrets())])
      expect(text).not.toMatch(/lighthouses|YWRhOnRo/u);
  });

  test('keeps its secret through changes of the rest, is another question with another one, and lets it go', async () => {
    const { id } = (await create({ ...request, auth: { kind: 'bearer', token: 'first-token' } })).body;
    const patch = (body: object) => api.call(api.mine.writer, 'PATCH', `/v1/monitors/${id}`, { body });
    await patch({ name: 'Renamed' });
    expect(await pulled()).toMatchObject([{ secret: { value: 'Bearer first-token' } }]);
    const kinds = async () => (await api.call(api.mine.reader, 'GET', `/v1/monitors/${id}/changes`)).body.items.length;
    expect(await kinds()).toBe(0);
    await patch({ auth: { kind: 'header', name: 'X-Api-Key', value: 'k-1' } });
    expect(await pulled()).toMatchObject([{ secret: { name: 'X-Api-Key', value: 'k-1' } }]);
    expect(await kinds()).toBe(1);
    expect((await patch({ auth: null })).body.auth).toBeNull();
    expect((await pulled())[0]).not.toHaveProperty('secret');
  });

  test('opens in its own row alone: one that can’t be opened is looked at by nobody', async () => {
    const [one, two] = [
      (await create({ ...request, auth })).body,
      (await create({ url: 'https://example.org/' })).body,
    ];
    await api.sql.query(
      'UPDATE monitor SET auth_sealed = (SELECT auth_sealed FROM monitor WHERE id = $1), updated_at = now() WHERE id = $2',
      [one.id, two.id],
    );
    expect((await pulled()).map(({ monitorId }: { monitorId: string }) => monitorId)).toEqual([one.id]);
  });

  test.each([
    [{ method: 'GET', body: 'x' }, '/body'],
    [{ method: 'POST', headers: { Host: 'other' } }, '/headers'],
    [{ auth: { kind: 'header', name: 'Content-Length', value: '1' } }, '/auth/name'],
  ])('%j is refused at its place', async (change, pointer) => {
    const { status, body } = await create({ url: 'https://example.com/', ...change });
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });
  test.each([
    { headers: { 'bad name': 'x' } },
    { headers: { 'x-a': 'line\nbreak' } },
    { auth: { kind: 'bearer', token: 'two words' } },
    { auth: { kind: 'basic', username: 'a:b', password: 'x' } },
    { method: 'TRACE' },
  ])('%j is no request', async (change) => {
    expect((await create({ url: 'https://example.com/', ...change })).status).toBe(400);
  });
});
